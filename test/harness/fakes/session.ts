import { AppStore, Revisions } from '../../../electron/apps/tray/app-store.js';
import { ServerSession } from '../../../electron/apps/tray/server-session.js';
import type { AppServer } from '../../../electron/apps/tray/session-parts.js';
import { toAppSettings } from '../../../electron/apps/tray/settings-choice.js';
import type { Actor, Run } from '../../../electron/contract/run.js';
import { DEFAULT_SETTINGS } from '../../../electron/contract/settings.js';
import type { Engine } from '../../../electron/engine/engine.js';
import type { Clock } from '../../../electron/ports/clock.js';
import type { LockOwner, RunRecords } from '../../../electron/ports/run-records.js';
import { NOON } from './checklists.js';
import { SteppedTime } from './stepped-time.js';

/** What the records of a session say; a test changes it while the session is open. */
export interface Recorded {
  run?: Pick<Run, 'id' | 'order' | 'bootedAtLast' | 'orderedAt'> | null;
  lockOwner?: LockOwner | null;
}

/** Records that hold no more than what a session asks of them. */
export function recordsOf(recorded: Recorded = {}): RunRecords {
  const findOpen = (): unknown => (recorded.run == null ? null : { run: recorded.run });
  return {
    watch: () => () => undefined,
    findOpen,
    readLockOwner: () => recorded.lockOwner ?? null,
    readDeadLockOwner: () => null,
    list: () => [],
  } as unknown as RunRecords;
}

const ANN: Actor = { user: 'CONTOSO\\ann', face: 'tray', processId: 1 };

/** What a test brings of its own. */
export interface Opening {
  readonly isWindowVisible?: () => boolean;
  readonly by?: Actor;
  readonly clock?: Clock;
}

/** A session over an engine, with the rest made up where a test does not bring its own. */
export function openSession(
  engine: Engine,
  server: Partial<AppServer> = {},
  { isWindowVisible = () => false, by = ANN, clock = new SteppedTime() }: Opening = {},
): ServerSession {
  const store = new AppStore(new Revisions(), () => ({ language: 'en', settings: toAppSettings(DEFAULT_SETTINGS) }), null);
  const host = { now: () => ({ at: NOON, upMs: 1 }) } as AppServer['host'];
  const nothing = async (): Promise<void> => undefined;
  const power = { othersSignedIn: async () => [], turnOff: nothing };
  return new ServerSession(
    {
      server: { engine, host, power, records: recordsOf(), listen: () => null, close: nothing, ...server },
      store,
      by,
      clock,
      isWindowVisible,
    },
    () => toAppSettings(DEFAULT_SETTINGS),
  );
}
