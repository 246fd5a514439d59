import { describe, expect, it } from 'vitest';

import { ConnectionHistory } from '../../electron/adapters/windows/evidence/tcp/connection-history.js';
import { fc } from '../harness/properties.js';

/** Takes down a reading of clients and answers which of them are new, in order. */
function read(history: ConnectionHistory, clients: readonly number[]): readonly number[] {
  history.begin(clients.length);
  const unfamiliar = clients.filter((client) => !history.follows(1, client, 7));
  return unfamiliar.filter((client) => !history.wasThere(1, client, 7));
}

const upTo = (count: number) => Array.from({ length: count }, (_, client) => client);

describe('the history of connections', () => {
  it.each([
    ['in the same order', upTo(300), upTo(300), []],
    ['after some ended', upTo(300), upTo(300).filter((client) => client % 3 !== 0), []],
    ['after more ended in a row than it looks ahead', upTo(300), upTo(300).slice(200), []],
    ['after all ended', upTo(300), [], []],
    ['in the opposite order', upTo(300), upTo(300).reverse(), []],
    ['with new ones among them', upTo(300), [1_000, ...upTo(150), 2_000, ...upTo(300).slice(150), 3_000], [1_000, 2_000, 3_000]],
    [
      'with new ones in the place of old ones',
      upTo(300),
      upTo(300).map((client) => (client < 100 ? client + 1_000 : client)),
      upTo(100).map((client) => client + 1_000),
    ],
    ['with nothing before', [], [5, 6], [5, 6]],
  ])('knows connections again %s', (_, before, now, arrived) => {
    const history = new ConnectionHistory();
    read(history, before);
    expect(read(history, now)).toEqual(arrived);
    expect(read(history, now)).toEqual([]);
  });

  it('finds exactly the new ones, reading after reading, in any order', () => {
    const reading = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 150 });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 6 }), (readings) => {
        const history = new ConnectionHistory();
        let before: readonly number[] = [];
        for (const now of readings) {
          expect(read(history, now)).toEqual(now.filter((client) => !before.includes(client)));
          before = now;
        }
      }),
    );
  });
});
