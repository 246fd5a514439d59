import { describe, expect, it } from 'vitest';

import { ROLE_SCENARIOS } from '../../electron/adapters/simulator/role-inventory.js';
import { buildServer, SCENARIO_IDS } from '../../electron/adapters/simulator/scenarios.js';
import { REHEARSAL_MISHAPS } from '../../electron/contract/app-snapshot.js';

describe('the mishaps that a rehearsal offers', () => {
  it('are scenarios that are no servers of their own', () => {
    for (const mishap of REHEARSAL_MISHAPS) {
      expect(SCENARIO_IDS).toContain(mishap);
      expect(() => buildServer(`edge,${mishap}`, 1, 0)).not.toThrow();
    }
  });

  it.each(ROLE_SCENARIOS.map(({ id }) => id))('change something on every server: %s', (id) => {
    const healthy = JSON.stringify(buildServer(id, 1, 0).services);
    for (const mishap of REHEARSAL_MISHAPS) {
      const { services, sources } = buildServer(`${id},${mishap}`, 1, 0);
      if (mishap === 'no-counters') expect(sources?.counters).toBe('missing');
      else expect([mishap, JSON.stringify(services)]).not.toEqual([mishap, healthy]);
    }
  });

  it('keep what a role is', () => {
    const { computer, pool, sources } = buildServer('edge-2015,no-counters', 1, 0);
    expect({ computer, pool, sources }).toEqual({
      computer: { name: 'EDGE01', user: 'EDGE01\\Administrator' },
      pool: { known: false, reason: 'not-supported' },
      sources: { majorVersion: 6, cmdlet: 'cmdlet-missing', counters: 'missing' },
    });
  });
});
