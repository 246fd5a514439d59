import { describe, expect, it } from 'vitest';

import type { ServerPool } from '../../../electron/ports/pool-information.js';

/** What every pool promises, real or simulated. */
export interface PoolUnderTest {
  readonly pool: ServerPool;
  /** The name DNS has addresses of this server for. */
  readonly ownName: string;
}

/** @param open a server of a pool of four Front Ends; `edge`: a server that stands in none */
export function describeServerPool(name: string, open: (kind: 'front-end' | 'edge') => Promise<PoolUnderTest>): void {
  describe(`the pool of ${name}`, () => {
    it('is known once it has settled: its name, its members, and its addresses', async () => {
      const { pool, ownName } = await open('front-end');
      await pool.settle();
      expect(await pool.read()).toMatchObject({ known: true, value: { fqdn: ownName, members: 4, othersInService: 3, addresses: 4 } });
      pool.end();
    });

    it('is read at once, settled or not, and never rejects', async () => {
      const { pool } = await open('front-end');
      const begun = performance.now();
      for (let times = 0; times < 50; times += 1) await pool.read();
      expect(performance.now() - begun).toBeLessThan(1_000);
      pool.end();
    });

    it('is none for an Edge', async () => {
      const { pool } = await open('edge');
      await pool.settle();
      expect(await pool.read()).toEqual({ known: false, reason: 'not-supported' });
      pool.end();
    });

    it('takes its name from an administrator only if DNS knows it', async () => {
      const { pool, ownName } = await open('front-end');
      expect(await pool.nameIt(ownName)).toBeNull();
      expect(await pool.nameIt('nowhere.contoso.com')).toMatchObject({ id: 'pool-name-unknown' });
      pool.end();
    });
  });
}
