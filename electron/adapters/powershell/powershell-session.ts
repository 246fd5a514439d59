import type { OpenPowerShell, PowerShellPlace, Script, ScriptDeadlines, ScriptResult } from './powershell-port.js';

/**
 * One PowerShell that stays open between scripts, because loading Lync's module takes long. It is started by the first
 * script, and by the next one after a failure.
 */
export class PowerShellSession {
  readonly #place: PowerShellPlace;
  #open: OpenPowerShell | null = null;
  #endings = 0;

  constructor(place: PowerShellPlace) {
    this.#place = place;
  }

  /** Runs a script; one at a time. */
  async run(script: Script, deadlines: ScriptDeadlines): Promise<ScriptResult> {
    const endings = this.#endings;
    // Most servers, and every server most of the time, do without node-powershell.
    const { openPowerShell, startFailure } = await import('./open-powershell.js');
    if (endings !== this.#endings) return ENDED_BY_US;
    try {
      this.#open ??= openPowerShell(this.#place);
    } catch (error) {
      // Node throws some failures and emits others.
      return startFailure(error);
    }
    const open = this.#open;
    const result = await open.run(script, deadlines);
    const isReusable = result.kind === 'output' && result.isReusable;
    if (!isReusable && this.#open === open) this.end();
    return result;
  }

  /** Ends PowerShell. A script that is running answers `ended`. */
  end(): void {
    this.#endings += 1;
    this.#open?.end();
    this.#open = null;
  }
}

const ENDED_BY_US: ScriptResult = { kind: 'ended', message: 'ended by us' };
