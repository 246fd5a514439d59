import type { LoggedEvent } from '../contract/logged-event.js';

/** The port to the event log of the system. No event of it may cost or stop anything: nothing here throws or rejects. */
export interface EventLog {
  /** Hands over an event, to be written after those before it. Where there is no event source, nothing is written. */
  write(event: LoggedEvent): void;

  /** True if the installer has registered the event source here; null if that cannot be read. */
  isRegistered(): Promise<boolean | null>;

  /** Resolves when what was handed over is written, or after two seconds. */
  settle(): Promise<void>;
}
