import type { ServiceStatus } from '../../contract/service.js';
import type { CmdletAnswer, CmdletSource } from '../../sessions/evidence-sources.js';
import { findInCatalogue } from '../catalogue.js';
import { readActivityAnswer } from './activity-answer.js';
import { activityScript } from './activity-script.js';
import type { PowerShellPlace } from './powershell-port.js';
import { PowerShellSession } from './powershell-session.js';

/** Loading Lync's module alone can take a minute on a busy server. */
const TIMEOUT_MS = 180_000;
/** Shorter than the hold time: one reading of zero must not be all there is to say that a service is quiet. */
const MAX_AGE_MS = 45_000;
/** PowerShell goes away when nobody has asked for so long. */
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
  /** Monotonic. */
  readonly nowMs: () => number;
}

/** What the last reading gave, and when it began. */
interface LastReading {
  readonly answer: CmdletAnswer;
  readonly begunAtMs: number;
}

const NOT_READ_YET: CmdletAnswer = { kind: 'unavailable', reason: 'not-read-yet', raw: 'Get-CsWindowsService has not answered yet' };

/**
 * Get-CsWindowsService beside the one-second loop: asking starts a reading when one is due, and is answered at once with
 * the last one, until that is too old. PowerShell is only started while a service that needs its word is paused: a server
 * in service is not burdened with it.
 */
export class CmdletActivities implements CmdletSource {
  readonly #options: CmdletOptions;
  readonly #session: PowerShellSession;
  readonly #script: string;
  #last: LastReading | null = null;
  #dueAtMs = 0;
  /** Counts the endings; a reading that began before one has nothing to say after it. */
  #era = 0;
  #isReading = false;
  #unasked: NodeJS.Timeout | null = null;

  constructor(options: CmdletOptions) {
    this.#options = options;
    this.#session = new PowerShellSession(options.place);
    this.#script = activityScript(options.moduleFolder);
  }

  readActivities(services: readonly ServiceStatus[]): CmdletAnswer {
    if (services.some(isWaitedFor)) this.#ask();
    else this.end();
    if (this.#last === null) return NOT_READ_YET;
    const { answer, begunAtMs } = this.#last;
    const ageMs = this.#options.nowMs() - begunAtMs;
    if (answer.kind === 'activities' && ageMs > MAX_AGE_MS) return unavailable('too-old', `${Math.round(ageMs / 1000)} s`);
    return answer;
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
    const { nowMs, timeoutMs = TIMEOUT_MS } = this.#options;
    const era = this.#era;
    this.#isReading = true;
    const begunAtMs = nowMs();
    const answer = await this.#runScript(timeoutMs);
    if (era !== this.#era) return;
    this.#isReading = false;
    this.#last = { answer, begunAtMs };
    this.#dueAtMs = nowMs() + restAfter(answer);
  }

  async #runScript(timeoutMs: number): Promise<CmdletAnswer> {
    const result = await this.#session.run(this.#script, timeoutMs);
    switch (result.kind) {
      case 'output':
        return readActivityAnswer(result.text);
      case 'not-started':
        return unavailable('cmdlet-missing', result.message);
      case 'ended':
      case 'timed-out':
      case 'too-much-output':
        return unavailable('cmdlet-failed', `${result.kind}: ${result.message}`);
    }
  }
}

function restAfter(answer: CmdletAnswer): number {
  if (answer.kind === 'activities') return REST_AFTER_READING_MS;
  return answer.reason === 'cmdlet-missing' ? REST_WHEN_MISSING_MS : REST_AFTER_FAILURE_MS;
}

function unavailable(reason: Extract<CmdletAnswer, { kind: 'unavailable' }>['reason'], raw: string): CmdletAnswer {
  return { kind: 'unavailable', reason, raw };
}

function isWaitedFor({ serviceName, state }: ServiceStatus): boolean {
  const isPaused = state === 'paused' || state === 'pause-pending';
  return isPaused && findInCatalogue(serviceName)?.evidence.some(({ kind }) => kind === 'cmdlet') === true;
}
