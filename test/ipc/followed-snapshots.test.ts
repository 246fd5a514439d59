import { expect, it } from 'vitest';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import { createClient } from '../../electron/contract/ipc-client.js';
import { createWindowDouble } from '../harness/fakes/window-double.js';
import { SNAPSHOT } from '../harness/renderer/snapshots.js';

const at = (revision: number): AppSnapshot => ({ ...SNAPSHOT, revision });

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
