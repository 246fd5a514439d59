import type { ThisServer } from '../../../electron/composition/this-server.js';
import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { StepId } from '../../../renderer/steps/progress.js';
import type { WindowTextId } from '../../../renderer/store/language-pack.js';
import type { Administrator } from './administrator.js';

/** What the buttons count, as the server is before the maintenance. */
export interface ServerCounts {
  readonly planned: number;
  readonly running: number;
  readonly automatic: number;
  readonly computer: string;
}

/** One step as the window shows it, and what takes an administrator to the next one. */
export interface WalkStep {
  readonly at: StepId;
  /** What only this step says. */
  readonly says: WindowTextId;
  readonly goOn: (by: Administrator, counts: ServerCounts) => Promise<void>;
}

export const REASON = 'CHG-1234';
export const NOTE = 'Nobody left.';

/** A whole maintenance, by nothing but the window's own buttons. */
export const MAINTENANCE: readonly WalkStep[] = [
  {
    at: 'preflight',
    says: 'hint-nothing-changed',
    goOn: async (by, { running }) => {
      await by.write('reason', REASON);
      await by.press('go-on-to-pause');
      await by.press('pause-services', { count: running });
    },
  },
  {
    at: 'manual',
    says: 'hint-manual',
    goOn: (by, { automatic }) => by.press('set-manual', { count: automatic, hold: by.texts.words.startTypes.demand }),
  },
  { at: 'wait', says: 'hint-wait', goOn: () => Promise.resolve() },
  {
    at: 'confirm',
    says: 'confirm-lead',
    goOn: async (by) => {
      await by.write('confirm-note', NOTE);
      await by.press('sign-off-server');
    },
  },
  {
    at: 'restart',
    says: 'reboot-preview',
    goOn: async (by, { computer }) => {
      await by.press('restart', { computer });
      await by.see(by.texts.t('restart-question'));
      await by.press('restart', { computer });
    },
  },
  {
    at: 'restart',
    says: 'restart-stayed-quiet',
    goOn: async (by, { planned }) => {
      await by.press('go-on-to-way-back');
      await by.seeStep('way-back');
      await by.press('bring-back', { count: planned });
    },
  },
];

async function readServices({ engine }: ThisServer): Promise<readonly ServiceRow[]> {
  return (await engine.observe()).services;
}

/** Start types and states, as Windows has them. */
export async function settingsOf(server: ThisServer): Promise<unknown> {
  return (await readServices(server)).map(({ serviceName, startType, state }) => [serviceName, startType, state]);
}

export async function countServices(server: ThisServer): Promise<ServerCounts> {
  const planned = (await readServices(server)).filter((row) => row.planned);
  return {
    planned: planned.length,
    running: planned.filter(({ state }) => state === 'running').length,
    automatic: planned.filter(({ startType }) => startType === 'auto' || startType === 'auto-delayed').length,
    computer: (await server.host.computer()).name,
  };
}
