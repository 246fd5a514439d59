import { expect, it } from 'vitest';

import { AppStore, Revisions } from '../../electron/apps/tray/app-store.js';
import { toAppSettings } from '../../electron/apps/tray/settings-choice.js';
import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import { createClient } from '../../electron/contract/ipc-client.js';
import { DEFAULT_SETTINGS } from '../../electron/contract/settings.js';
import { createWindowDouble } from '../harness/fakes/window-double.js';

const store = new AppStore(new Revisions(), () => ({ language: 'en', settings: toAppSettings(DEFAULT_SETTINGS) }), null);
const at = (revision: number): AppSnapshot => ({ ...store.snapshot(), revision });

it('a snapshot that comes twice, or after a newer one, is not shown', async () => {
  const double = createWindowDouble({ snapshot: at(1), answers: {} });
  const shown: number[] = [];
  const unfollow = createClient(double.bridge).follow(({ revision }) => shown.push(revision));
  // The answer of revision 1 is on its way: what is announced meanwhile is newer.
  double.push(at(3));
  double.push(at(3));
  double.push(at(2));
  await new Promise((done) => setTimeout(done, 0));
  double.push(at(4));
  unfollow();
  double.push(at(5));
  expect(shown).toEqual([3, 4]);
});
