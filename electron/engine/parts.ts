import type { Run } from '../contract/run.js';
import type { Host } from '../ports/host.js';
import type { ProductInformation } from '../ports/installed-product.js';
import type { PauseEndTask } from '../ports/pause-end-task.js';
import type { PoolInformation } from '../ports/pool-information.js';
import type { RunRecords } from '../ports/run-records.js';
import type { ServiceControl } from '../ports/service-control.js';
import type { SessionEnds } from '../ports/session-ends.js';
import type { SessionEvidence } from '../ports/session-evidence.js';

/** What the engine works with. Everything outside comes in here. */
export interface EngineParts {
  readonly serviceControl: ServiceControl;
  readonly evidence: SessionEvidence;
  /** Opened when a person asks who is connected; the same one each time. */
  readonly openSessionEnds: () => Promise<SessionEnds>;
  readonly pool: PoolInformation;
  readonly host: Host;
  /** Which product this server runs. */
  readonly installedProduct: ProductInformation;
  readonly records: RunRecords;
  /** Opened when a quick pause needs it; left out where the server is simulated. */
  readonly openPauseEndTask?: () => Promise<PauseEndTask>;
  /** Version of the product, for the record. */
  readonly product: string;
  /** A service's count that does not change for so long is stalled. */
  readonly stalledAfterMs: number;
  /** The text of the undo card, in the administrator's language. */
  readonly undoCard: (run: Run) => string;
}
