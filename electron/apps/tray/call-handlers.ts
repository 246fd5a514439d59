import type { AppSettings, RehearsalChoice } from '../../contract/app-snapshot.js';
import { ProblemError, problem } from '../../contract/problem.js';
import type { ReadRun } from '../../contract/read-run.js';
import { namesService } from '../../contract/service-names.js';
import type { CallHandlers } from './answer-call.js';
import { readHistory } from './history.js';
import type { ServerSession } from './server-session.js';

/** What the calls need beside the server that is shown. */
export interface AppActions {
  /** The server the window shows: this one, or a rehearsal's. */
  readonly shown: () => ServerSession;
  /** @throws ProblemError settings-damaged, data-folder-unwritable, autostart-not-changed */
  readonly saveSettings: (settings: AppSettings) => Promise<void>;
  readonly startRehearsal: (choice: RehearsalChoice) => Promise<void>;
  readonly stopRehearsal: () => Promise<void>;
  /** The run as an HTML document, in the language of the day. */
  readonly renderReport: (read: ReadRun) => Promise<string>;
  /** Asks where to, and writes. @returns false when the administrator thought better of it */
  readonly saveReport: (runId: string, html: string) => Promise<boolean>;
  readonly printReport: (html: string) => Promise<void>;
  /** Keeps a failure of the window's. @returns the log's path, null if it is not kept */
  readonly noteWindowFailure: (text: string) => Promise<string | null>;
}

const DONE = { ok: true, value: null } as const;

type Some<N extends keyof CallHandlers> = Pick<CallHandlers, N>;

/** What each call of the contract does. Requests are parsed already; that services, checks and runs exist is asked here. */
export function createCallHandlers(actions: AppActions): CallHandlers {
  return {
    ...orderHandlers(actions),
    ...endsHandlers(actions),
    ...turnOffHandlers(actions),
    ...reportHandlers(actions),
    ...appHandlers(actions),
  };
}

function orderHandlers({
  shown,
}: AppActions): Some<'snapshot' | 'plan' | 'pause' | 'drain' | 'stopWorking' | 'accept' | 'confirm' | 'resume' | 'goOn'> {
  return {
    snapshot: async () => ({ ok: true, value: shown().parts.store.snapshot() }),
    plan: async (request) => {
      requireKnownServices(shown(), request.services);
      return { ok: true, value: await shown().parts.server.engine.plan(request) };
    },
    pause: async (request) => {
      requireKnownServices(shown(), request.services);
      return shown().orders.pause(request);
    },
    drain: async (request) => {
      requireKnownServices(shown(), request.services);
      return shown().orders.drain(request);
    },
    stopWorking: async () => shown().orders.stopWorking(),
    accept: async (request) => {
      requireKnownServices(shown(), request.services);
      return shown().orders.accept(request);
    },
    confirm: async (request) => shown().orders.confirm(request),
    resume: async (request) => {
      requireKnownServices(shown(), request.services);
      return shown().orders.resume(request);
    },
    goOn: async () => shown().goOn(),
  };
}

function endsHandlers({ shown }: AppActions): Some<'listEnds' | 'findNames'> {
  let loading: Promise<Some<'listEnds' | 'findNames'>> | undefined;
  const load = () =>
    (loading ??= import('./ends-calls.js').then(({ createEndsCalls }) => createEndsCalls(() => shown().parts.server.engine)));
  return {
    listEnds: async (request) => {
      requireKnownServices(shown(), [request.serviceName]);
      return (await load()).listEnds(request);
    },
    findNames: async (request) => (await load()).findNames(request),
  };
}

function turnOffHandlers({ shown }: AppActions): Some<'signedIn' | 'restartComputer' | 'shutDownComputer'> {
  return {
    signedIn: async () => {
      const { findSignedIn } = await import('./signed-in.js');
      return { ok: true, value: await findSignedIn(shown().parts.server.power, shown().parts.clock) };
    },
    restartComputer: async (order) => {
      await shown().turnOff('restart', order);
      return DONE;
    },
    shutDownComputer: async (order) => {
      await shown().turnOff('shutDown', order);
      return DONE;
    },
  };
}

function reportHandlers(actions: AppActions): Some<'history' | 'report' | 'saveReport' | 'printReport'> {
  const { shown } = actions;
  const reportOf = async (runId: string): Promise<string> => actions.renderReport(findRun(shown(), runId));
  return {
    history: async () => ({ ok: true, value: await readHistory(await shown().parts.server.records.summaries()) }),
    report: async ({ runId }) => ({ ok: true, value: { html: await reportOf(runId) } }),
    saveReport: async ({ runId }) => ({ ok: true, value: { saved: await actions.saveReport(runId, await reportOf(runId)) } }),
    printReport: async ({ runId }) => {
      await actions.printReport(await reportOf(runId));
      return DONE;
    },
  };
}

function appHandlers(actions: AppActions): Some<'saveSettings' | 'startRehearsal' | 'stopRehearsal' | 'reportFailure'> {
  return {
    saveSettings: async (settings) => {
      requireKnownServices(actions.shown(), settings.services);
      await actions.saveSettings(settings);
      return DONE;
    },
    startRehearsal: async (choice) => {
      await actions.startRehearsal(choice);
      return DONE;
    },
    stopRehearsal: async () => {
      await actions.stopRehearsal();
      return DONE;
    },
    reportFailure: async ({ text }) => ({ ok: true, value: { logPath: await actions.noteWindowFailure(text) } }),
  };
}

/**
 * The window orders only what it was shown; anything else is not asked of Windows at all.
 * @throws ProblemError unknown-service
 */
function requireKnownServices(session: ServerSession, names: readonly string[] | null): void {
  const known = session.parts.store.state.checklist?.services.map((row) => row.serviceName) ?? [];
  const unknown = names?.find((name) => !namesService(known, name));
  if (unknown !== undefined) throw new ProblemError(problem('unknown-service', { name: unknown }));
}

/** @throws ProblemError unknown-run */
function findRun(session: ServerSession, runId: string): ReadRun {
  const found = session.parts.server.records.list().find((read) => read.runId === runId);
  if (found === undefined) throw new ProblemError(problem('unknown-run', { name: runId }));
  return found;
}
