import type { CmdletAnswer, CmdletTrouble } from '../../contract/evidence-answers.js';
import type { ServiceStatus } from '../../contract/service.js';
import { evidenceOf } from '../../core/evidence/evidence-table.js';
import type { CmdletSource } from '../../ports/evidence-sources.js';
import { readActivityAnswer, type PrintedAnswer } from './activity-answer.js';
import { activityScript } from './activity-script.js';
import { troubleOfScript } from './cmdlet-failure.js';
import { REFUSAL } from './lync-script.js';
import type { PowerShellPlace, Script } from './powershell-port.js';
import { PowerShellSession } from './powershell-session.js';

/** Loading Lync's module alone can take a minute on a busy server. */
const TIMEOUT_MS = 180_000;
/** PowerShell itself, on a server that is busy or has just started. */
const START_MS = 30_000;
/** A command that only looks once is over before, and starts no PowerShell for nothing. */
const LOOKED_ONCE_MS = 250;
/** PowerShell is ended after so long without a request. */
const UNASKED_MS = 60_000;
const REST_AFTER_READING_MS = 5_000;
const REST_AFTER_FAILURE_MS = 60_000;
/** A module that is not installed, or a PowerShell that is not there, hardly comes while we wait. */
const REST_WHEN_MISSING_MS = 600_000;

export interface CmdletOptions {
  readonly place: PowerShellPlace;
  /** Looked in for Lync's module instead of the machine's own places. */
  readonly moduleFolder?: string;
  readonly timeoutMs?: number;
  /** At most `timeoutMs`. */
  readonly startMs?: number;
  /** Monotonic. */
  readonly nowMs: () => number;
}

/** What the last reading gave, and when it began. */
interface LastReading {
  readonly answer: PrintedAnswer;
  readonly begunAtMs: number;
}

const NOT_READ_YET: CmdletAnswer = { kind: 'unavailable', reason: 'not-read-yet', raw: 'Get-CsWindowsService has not answered yet' };

/**
 * Get-CsWindowsService beside the one-second loop: asking starts a reading when one is due, and is answered at once with
 * the last one and its age. PowerShell is only started while a service that needs its word is paused: a server
 * in service is not burdened with it.
 */
export class CmdletActivities implements CmdletSource {
  readonly #options: CmdletOptions;
  readonly #session: PowerShellSession;
  readonly #script: Script;
  #last: LastReading | null = null;
  #dueAtMs = 0;
  /** Counts the endings; a reading that began before one has nothing to say after it. */
  #era = 0;
  #isReading = false;
  #unasked: NodeJS.Timeout | null = null;

  constructor(options: CmdletOptions) {
    this.#options = options;
    this.#session = new PowerShellSession(options.place);
    this.#script = { line: activityScript(options.moduleFolder), refusal: REFUSAL };
  }

  readActivities(services: readonly ServiceStatus[]): CmdletAnswer {
    if (services.some(isWaitedFor)) this.#ask();
    else this.end();
    if (this.#last === null) return NOT_READ_YET;
    const { answer, begunAtMs } = this.#last;
    return answer.kind === 'unavailable' ? answer : { ...answer, ageMs: this.#options.nowMs() - begunAtMs };
  }

  /** Ends PowerShell; asking starts it again. */
  end(): void {
    this.#era += 1;
    this.#session.end();
    this.#last = null;
    this.#isReading = false;
    this.#dueAtMs = 0;
    if (this.#unasked !== null) clearTimeout(this.#unasked);
    this.#unasked = null;
  }

  #ask(): void {
    if (this.#unasked !== null) clearTimeout(this.#unasked);
    this.#unasked = setTimeout(() => this.end(), UNASKED_MS).unref();
    if (!this.#isReading && this.#options.nowMs() >= this.#dueAtMs) void this.#read();
  }

  async #read(): Promise<void> {
    const { nowMs } = this.#options;
    const era = this.#era;
    this.#isReading = true;
    if (this.#last === null) await new Promise((resolve) => setTimeout(resolve, LOOKED_ONCE_MS).unref());
    if (era !== this.#era) return;
    const begunAtMs = nowMs();
    const answer = await this.#runScript();
    if (era !== this.#era) return;
    this.#isReading = false;
    this.#last = { answer, begunAtMs };
    this.#dueAtMs = nowMs() + restAfter(answer);
    if (answer.kind === 'unavailable' && !isWorthKeeping(answer.reason)) this.#session.end();
  }

  async #runScript(): Promise<PrintedAnswer> {
    const { timeoutMs = TIMEOUT_MS, startMs = START_MS } = this.#options;
    const result = await this.#session.run(this.#script, { timeoutMs, startMs: Math.min(startMs, timeoutMs) });
    if (result.kind === 'output') return readActivityAnswer(result.text);
    const trouble = troubleOfScript(result.kind);
    return unavailable(trouble, trouble === 'cmdlet-missing' ? result.message : `${result.kind}: ${result.message}`);
  }
}

function restAfter(answer: PrintedAnswer): number {
  if (answer.kind === 'activities') return REST_AFTER_READING_MS;
  return answer.reason === 'cmdlet-missing' ? REST_WHEN_MISSING_MS : REST_AFTER_FAILURE_MS;
}

/** One that has loaded Lync's module answers the next question sooner; one that cannot is of no use. */
function isWorthKeeping(reason: CmdletTrouble): boolean {
  return reason !== 'cmdlet-missing' && reason !== 'powershell-restricted';
}

function unavailable(reason: CmdletTrouble, raw: string): Extract<CmdletAnswer, { kind: 'unavailable' }> {
  return { kind: 'unavailable', reason, raw };
}

/** No version decides whether the cmdlet is asked. */
const ANY_PRODUCT = { role: null, majorVersion: null } as const;

/** A service that takes no new calls and of which the cmdlet alone can say that it is empty. */
export function isWaitedFor({ serviceName, state }: ServiceStatus): boolean {
  const isPaused = state === 'paused' || state === 'pause-pending';
  return isPaused && evidenceOf(serviceName, ANY_PRODUCT)?.mayProveEmpty?.kind === 'cmdlet';
}
