import { problem, ProblemError, type Problem, type ProblemId } from '../contract/problem.js';
import type { Change } from '../contract/run.js';
import { isSameStart, shownStartType, type ServiceState, type ServiceStatus, type StartSetting } from '../contract/service.js';
import { STEP_OF_CHANGE } from './entry-event.js';
import type { EngineParts } from './parts.js';
import { settle, type Settled } from './settle.js';
import type { WorkingRun } from './working-run.js';

/** What one change of one service needs beside the change itself. */
export interface ChangeContext {
  readonly parts: Pick<EngineParts, 'serviceControl' | 'host'>;
  readonly working: WorkingRun;
  readonly deadlineUpMs: number | null;
  readonly signal: AbortSignal;
}

/** `given-up`: the administrator stopped waiting; the intention stands in the record and the next command goes on with it. */
export type ChangeResult = 'done' | 'failed' | 'given-up';

/** Refusals that pass by themselves: asked again for as long as a pending state would be waited for. */
const PASSING: readonly ProblemId[] = ['database-locked', 'cannot-accept-control-now', 'rpc-unavailable', 'handle-invalid'];
const RETRY_DELAY_MS = 1_000;
const RETRY_PATIENCE_MS = 30_000;

/** Makes one change: intention first and on disk, then the change, then what Windows says of it. */
export async function changeService(context: ChangeContext, serviceName: string, change: Change): Promise<ChangeResult> {
  const { working } = context;
  const step = STEP_OF_CHANGE[change.kind];
  working.store({ type: 'intended', serviceName, change });
  working.announce({ type: 'step', serviceName, step, state: 'doing', problem: null });
  const failure = await carryOut(context, serviceName, change).catch(asFailure);
  if (failure === 'given-up') return 'given-up';
  if (failure === null) {
    working.store({ type: 'changed', serviceName, change: change.kind });
    working.announce({ type: 'step', serviceName, step, state: 'done', problem: null });
    return 'done';
  }
  working.store({ type: 'failed', serviceName, change: change.kind, problem: failure });
  working.announce({ type: 'step', serviceName, step, state: 'failed', problem: failure });
  return 'failed';
}

type Failure = Problem | 'given-up' | null;

function asFailure(error: unknown): Failure {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

async function carryOut(context: ChangeContext, serviceName: string, change: Change): Promise<Failure> {
  const { serviceControl } = context.parts;
  switch (change.kind) {
    case 'pause':
    case 'continue':
      return moveState(context, serviceName, { ...MOVES[change.kind], send: () => serviceControl.sendControl(serviceName, change.kind) });
    case 'start':
      return moveState(context, serviceName, { ...MOVES.start, send: () => serviceControl.startService(serviceName) });
    case 'set-start':
    case 'restore-start':
      return writeStart(context, serviceName, change.to);
  }
}

interface Move {
  readonly send: () => Promise<void>;
  readonly from: ServiceState;
  /** The states in which it is on its way. */
  readonly through: readonly ServiceState[];
  readonly to: ServiceState;
}

const MOVES: Readonly<Record<'pause' | 'continue' | 'start', Omit<Move, 'send'>>> = {
  pause: { from: 'running', through: ['pause-pending'], to: 'paused' },
  continue: { from: 'paused', through: ['continue-pending'], to: 'running' },
  start: { from: 'stopped', through: ['start-pending'], to: 'running' },
};

async function moveState(context: ChangeContext, serviceName: string, move: Move): Promise<Failure> {
  const refusal = await orderPatiently(context, move.send);
  if (refusal !== null && !(await mayStillHappen(context, serviceName, move, refusal))) return refusal;
  const { deadlineUpMs, signal } = context;
  const settled = await settle(context.parts, { serviceName, wanted: move.to, departed: move.from, deadlineUpMs, signal });
  const failure = judgeMove(serviceName, settled);
  return failure === null || failure === 'given-up' ? failure : (refusal ?? failure);
}

/** Gives an order; a passing refusal is met with patience. @returns the refusal that stayed, or null */
async function orderPatiently({ parts, signal }: ChangeContext, give: () => Promise<void>): Promise<Problem | null> {
  const since = parts.host.now().upMs;
  for (;;) {
    try {
      await give();
      return null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const waitedMs = parts.host.now().upMs - since;
      if (!PASSING.includes(error.problem.id) || waitedMs >= RETRY_PATIENCE_MS || signal.aborted) return error.problem;
      await parts.host.sleep(RETRY_DELAY_MS, signal);
    }
  }
}

/**
 * True when the refusal does not say that nothing happens: Windows stopped waiting for the handler (1053), and the
 * service may get there all the same; or it is there or on its way, because somebody else was faster.
 */
async function mayStillHappen({ parts }: ChangeContext, serviceName: string, move: Move, refusal: Problem): Promise<boolean> {
  if (refusal.id === 'request-timeout') return true;
  if (refusal.id === 'service-not-found') return false;
  const { state } = await parts.serviceControl.readStatus(serviceName);
  return state === move.to || move.through.includes(state);
}

function judgeMove(serviceName: string, settled: Settled): Failure {
  const { status } = settled;
  switch (settled.kind) {
    case 'reached':
      return null;
    case 'given-up':
      return 'given-up';
    case 'out-of-patience':
      return status.state === 'stopped' ? ended(serviceName, status) : problem('pending-too-long', { serviceName, state: status.state });
    case 'elsewhere':
      return status.state === 'stopped' ? ended(serviceName, status) : problem('state-reverted', { serviceName, state: status.state });
  }
}

function ended(serviceName: string, { win32ExitCode: win32, serviceSpecificExitCode: specific }: ServiceStatus): Problem {
  return problem(win32 === 0 ? 'stopped-instead' : 'ended-while-changing', { serviceName, win32, specific });
}

async function writeStart(context: ChangeContext, serviceName: string, to: StartSetting): Promise<Failure> {
  const { serviceControl } = context.parts;
  const refusal = await orderPatiently(context, () => serviceControl.setStart(serviceName, to));
  if (refusal !== null) return refusal;
  const start = await serviceControl.readStart(serviceName);
  if (isSameStart(start, to)) return null;
  return problem('start-type-reverted', { serviceName, wanted: shownStartType(to), now: shownStartType(start) });
}
