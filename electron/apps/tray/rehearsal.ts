import type { RehearsalChoice } from '../../contract/app-snapshot.js';
import type { ServerSession } from './server-session.js';

export interface RehearsalParts {
  /** A session of a simulated copy of the real server to practise on. */
  readonly open: (choice: RehearsalChoice) => Promise<ServerSession>;
  /** Called when the window shows the real server again. */
  readonly onEnd: () => void;
}

/** At most one rehearsal at a time: starts and ends come one after another. */
export class Rehearsal {
  readonly #parts: RehearsalParts;
  #session: ServerSession | null = null;
  /** Resolves when the latest start or end is over. */
  #changed: Promise<void> = Promise.resolve();

  constructor(parts: RehearsalParts) {
    this.#parts = parts;
  }

  /** Null while there is no rehearsal. */
  get session(): ServerSession | null {
    return this.#session;
  }

  /** Ends the one before. */
  start(choice: RehearsalChoice): Promise<void> {
    return this.#change(async () => {
      await this.#end();
      this.#session = await this.#parts.open(choice);
      this.#session.start();
      this.#session.parts.store.announce();
    });
  }

  stop(): Promise<void> {
    return this.#change(() => this.#end());
  }

  #change(change: () => Promise<void>): Promise<void> {
    const changed = this.#changed.then(change);
    this.#changed = changed.catch(() => undefined);
    return changed;
  }

  async #end(): Promise<void> {
    const ended = this.#session;
    this.#session = null;
    await ended?.close();
    this.#parts.onEnd();
  }
}
