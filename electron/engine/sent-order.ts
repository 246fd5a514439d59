import { problem, ProblemError, type Problem } from '../contract/problem.js';
import type { Change } from '../contract/run.js';
import { isSameStart, shownStartType, type StartSetting } from '../contract/service.js';
import type { ServiceControl } from '../ports/service-control.js';

/**
 * One order that Windows has not answered yet. The call may block for 30 s; the sender goes on with other things
 * meanwhile and looks at `answer` when it is there.
 */
export class SentOrder {
  readonly serviceName: string;
  /** Null: the service was only asked to report its state. */
  readonly change: Change | null;
  /** Resolves when Windows has answered, whatever it said. */
  readonly answered: Promise<void>;
  #outcome: { readonly refusal: Problem | null } | { readonly defect: unknown } | null = null;

  constructor(serviceControl: ServiceControl, serviceName: string, change: Change | null) {
    this.serviceName = serviceName;
    this.change = change;
    this.answered = send(serviceControl, serviceName, change).then(
      (refusal) => void (this.#outcome = { refusal }),
      (error: unknown) => void (this.#outcome = error instanceof ProblemError ? { refusal: error.problem } : { defect: error }),
    );
  }

  /** What Windows said: null where it took the order. Undefined before that. A failure of our own is thrown. */
  get refusal(): Problem | null | undefined {
    if (this.#outcome === null) return undefined;
    if ('defect' in this.#outcome) throw this.#outcome.defect;
    return this.#outcome.refusal;
  }
}

/** @returns null, or why a start type that was written does not stand there */
async function send(serviceControl: ServiceControl, serviceName: string, change: Change | null): Promise<Problem | null> {
  switch (change?.kind) {
    case undefined:
      await serviceControl.sendControl(serviceName, 'interrogate');
      return null;
    case 'pause':
    case 'continue':
      await serviceControl.sendControl(serviceName, change.kind);
      return null;
    case 'start':
      await serviceControl.startService(serviceName);
      return null;
    case 'set-start':
    case 'restore-start':
      await serviceControl.setStart(serviceName, { startType: change.to.startType, delayed: flagToWrite(change) });
      return readBack(serviceControl, serviceName, change.to);
  }
}

/** The delayed flag is written on the way back alone, and only if it stands otherwise. Null: it is left as it is. */
function flagToWrite({ kind, from, to }: Extract<Change, { kind: 'set-start' | 'restore-start' }>): boolean | null {
  return kind === 'set-start' || from.delayed === null || from.delayed === to.delayed ? null : to.delayed;
}

async function readBack(serviceControl: ServiceControl, serviceName: string, to: StartSetting): Promise<Problem | null> {
  const start = await serviceControl.readStart(serviceName);
  if (isSameStart(start, to)) return null;
  return problem('start-type-reverted', { serviceName, wanted: shownStartType(to), now: shownStartType(start) });
}
