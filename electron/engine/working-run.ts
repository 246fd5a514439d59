import type { EntryDraft, Run } from '../contract/run.js';
import { RunMonitor } from '../core/maintenance/run-monitor.js';
import type { RunWriter } from '../ports/run-records.js';
import type { EngineListener } from './engine.js';
import { entryEvent, type EventDraft } from './entry-event.js';
import type { EngineParts } from './parts.js';

type WorkingParts = Pick<EngineParts, 'host' | 'records' | 'undoCard'>;

/** The open run while a command works on it, and what the readings of this command showed: stores first, announces then. */
export class WorkingRun {
  readonly monitor = new RunMonitor();
  readonly #writer: RunWriter;
  readonly #parts: WorkingParts;
  readonly #listen: EngineListener;
  #changes = 0;

  constructor(writer: RunWriter, parts: WorkingParts, listen: EngineListener) {
    this.#writer = writer;
    this.#parts = parts;
    this.#listen = listen;
  }

  get run(): Run {
    return this.#writer.run;
  }

  /** True once this command meant to change the server. */
  get hasChangedServer(): boolean {
    return this.#changes > 0;
  }

  /** @throws ProblemError record-not-written; what was to be announced has not happened then */
  store(...drafts: readonly EntryDraft[]): void {
    this.#writer.append(this.#parts.host.now(), ...drafts);
    this.#changes += drafts.filter((draft) => draft.type === 'intended').length;
  }

  /** Stores entries and announces what they tell. @throws ProblemError record-not-written */
  tell(...drafts: readonly EntryDraft[]): void {
    this.store(...drafts);
    this.announceEntries(drafts);
  }

  /** Announces what entries tell that are stored already. */
  announceEntries(drafts: readonly EntryDraft[]): void {
    for (const draft of drafts) {
      const event = entryEvent(draft);
      if (event !== null) this.announce(event);
    }
  }

  announce(event: EventDraft): void {
    this.#listen({ ...event, ...this.#parts.host.now() });
  }

  /** Writes the undo card again, from the originals on record. @returns its path @throws ProblemError record-not-written */
  writeUndoCard(): string {
    const { records, undoCard } = this.#parts;
    return records.writeUndoCard(this.run.id, undoCard(this.run));
  }

  close(): void {
    this.#writer.close();
  }
}
