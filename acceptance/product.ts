import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { call, type Call, endProcess, type Ended, LEFT_OUT } from './call.js';
import { inTime } from './patience.js';

const LAUNCHER = 'lync-drain.exe';

/** How long a call of the product may take before the kit goes on without it. */
const LONGEST_CALL_MS = 300_000;
/** After a call was left out, what would have come of it is not waited for. */
const AFTER_LEFT_OUT_MS = 1500;

export interface ProductOptions {
  readonly folder: string;
  readonly dataFolder: string;
  /** This Windows keeps no access lists, so the launcher cannot trust its folder. */
  readonly needsTrust: boolean;
  /** A call that is not made: `maintenance/drain`. */
  readonly leftOut: string | null;
  readonly scenario: string;
}

/** The packaged command line as users type it, with a data folder of its own. */
export class Product {
  readonly #options: ProductOptions;
  readonly program: string;
  #hasLeftOut = false;

  constructor(options: ProductOptions) {
    this.#options = options;
    this.program = join(options.folder, LAUNCHER);
  }

  get dataFolder(): string {
    return this.#options.dataFolder;
  }

  /**
   * Starts `lync-drain` with words, which begin with its command.
   * @param name the call's, when a scenario makes several of one command
   */
  start(words: readonly string[], name = words[0] ?? ''): Call {
    const { leftOut, scenario, needsTrust, dataFolder, folder } = this.#options;
    if (leftOut === `${scenario}/${name}`) {
      this.#hasLeftOut = true;
      return LEFT_OUT;
    }
    const trust = needsTrust ? ['--trust-folder'] : [];
    return call(this.program, [...trust, ...words, '--data', dataFolder, '--lang', 'en'], { cwd: folder });
  }

  /** Runs it to its end; one that does not end is ended, and has no exit code. */
  async run(words: readonly string[], name?: string): Promise<Ended> {
    const running = this.start(words, name);
    const ended = await inTime(running.ended, LONGEST_CALL_MS);
    if (ended !== null) return ended;
    // The launcher takes Node along.
    endProcess(running);
    return { exitCode: null, stdout: running.stdout(), stderr: `it did not end within ${LONGEST_CALL_MS / 1000} s` };
  }

  /** How long to wait for what the product should do. */
  patience(milliseconds = LONGEST_CALL_MS): number {
    return this.#hasLeftOut ? Math.min(milliseconds, AFTER_LEFT_OUT_MS) : milliseconds;
  }

  /** The same with another data folder. */
  at(dataFolder: string): Product {
    return new Product({ ...this.#options, dataFolder });
  }

  /** The records of all runs: names without extension. */
  runs(): readonly string[] {
    try {
      const names = readdirSync(join(this.dataFolder, 'runs'));
      return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
    } catch {
      return [];
    }
  }

  /** The text of a file beside the records that has a word in its name; null if there is none. */
  fileOfRun(ending: string): string | null {
    const folder = join(this.dataFolder, 'runs');
    const [name] = this.runs().length === 0 ? [] : readdirSync(folder).filter((one) => one.includes(ending));
    return name === undefined ? null : readFileSync(join(folder, name), 'utf8');
  }
}
