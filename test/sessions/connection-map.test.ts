import { describe, expect, it } from 'vitest';

import { ConnectionMap } from '../../electron/adapters/windows/evidence/tcp/connection-map.js';
import { fc } from '../harness/properties.js';

const word = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
const steps = fc.array(fc.record({ key: fc.tuple(word, word, word), value: fc.integer({ min: 1, max: 9 }) }), { maxLength: 400 });

describe('the map of connections', () => {
  it('answers as an ordinary map does', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const map = new ConnectionMap();
        const ordinary = new Map<string, number>();
        for (const { key, value } of taken) {
          expect(map.get(...key)).toBe(ordinary.get(key.join()) ?? 0);
          map.set(...key, value);
          ordinary.set(key.join(), value);
        }
        for (const { key } of taken) expect(map.get(...key)).toBe(ordinary.get(key.join()));
      }),
    );
  });

  it('is empty after it was cleared', () => {
    const map = new ConnectionMap();
    map.set(1, 2, 3, 4);
    map.clear();
    expect(map.get(1, 2, 3)).toBe(0);
  });
});
