import type { OpenedServer } from '../adapters/simulator/open-simulated-server.js';
import type { Source } from '../contract/computer.js';
import type { EntryDraft } from '../contract/run.js';
import type { ServerInventory } from '../contract/server-inventory.js';
import type { EngineParts } from '../engine/parts.js';
import type { EventLog } from '../ports/event-log.js';
import type { FrontEndHealth } from '../ports/front-end-health.js';
import type { ServerPool } from '../ports/pool-information.js';

/** The parts that differ between a real server and a simulated one. */
export interface ServerParts extends Pick<EngineParts, 'serviceControl' | 'evidence' | 'openSessionEnds' | 'host' | 'installedProduct'> {
  readonly source: Source;
  readonly pool: ServerPool;
  readonly health: FrontEndHealth;
  /** When the machine whose processes `host` knows was started; a simulated server's own boot says nothing of that. */
  readonly bootedAt: string;
  /** Paused services of which Lync's cmdlet has not said anything yet; asking starts it. Left out if no source takes long. */
  readonly findUnread?: () => Promise<readonly string[]>;
  /** The system's event log; null where the server is simulated. */
  readonly eventLog: EventLog | null;
  /** Told of entries right after they were written to a record of this computer. */
  readonly onWritten?: (runId: string, entries: readonly EntryDraft[]) => void;
  /** Ends what runs beside our own process. */
  close(): Promise<void>;
  /** The simulated server's own controls; null on a real one. */
  readonly simulation: OpenedServer | null;
}

/** Which simulated server is asked for. Null stands for the default. */
export interface SimulatedChoice {
  /** Asks for the simulated server also where there is a real one; `scenario` null keeps the stored one. */
  readonly simulate: { readonly scenario: string | null } | null;
  /** What the simulated server is a copy of: the file that tells it, or what was read of this server. Left out or null: of none. */
  readonly copy?: { readonly path: string } | { readonly inventory: ServerInventory } | null;
  readonly seed: number | null;
  readonly speed: number | null;
}
