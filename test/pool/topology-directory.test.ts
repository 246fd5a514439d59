import { describe, expect, it } from 'vitest';

import { TopologyDirectory } from '../../electron/adapters/pool/topology-directory.js';
import type { NameAddresses } from '../../electron/ports/name-service.js';
import type { CmdletsSay, Topology } from '../../electron/ports/pool-information.js';
import { refused } from '../harness/pool/pool-trial.js';

const TOPOLOGY: Topology = {
  pools: [
    { fqdn: 'pool01.contoso.com', members: ['fe01.contoso.com', 'fe02.contoso.com'], kind: 'pool-member' },
    { fqdn: 'edge.contoso.com', members: ['edge01.contoso.com'], kind: 'edge' },
    { fqdn: '192.168.0.240', members: [], kind: 'gateway' },
    { fqdn: 'med.contoso.com', members: ['fe02.contoso.com', 'med01.contoso.com', ''], kind: 'server' },
  ],
  isWhole: true,
};

/** A directory with cmdlets, DNS and a clock that say what they are told to. */
class DirectoryTrial {
  topology: CmdletsSay<Topology> | 'hangs' = { kind: 'read', value: TOPOLOGY };
  readonly dns = new Map<string, NameAddresses>([
    ['fe01.contoso.com', { kind: 'addresses', addresses: ['10.0.0.11'] }],
    ['fe02.contoso.com', { kind: 'addresses', addresses: ['10.0.0.12'] }],
    ['edge01.contoso.com', { kind: 'addresses', addresses: ['10.0.9.1', '10.0.9.2'] }],
    ['med01.contoso.com', { kind: 'none' }],
    ['pool01.contoso.com', { kind: 'addresses', addresses: ['10.0.0.11', '10.0.0.12'] }],
  ]);
  named: string | null = 'pool01.contoso.com';
  ownAddresses: readonly string[] | null = ['10.0.0.11'];
  readonly asked: string[] = [];
  #upMs = 0;

  open(): TopologyDirectory {
    return new TopologyDirectory({
      nameService: {
        resolve: async (name) => {
          this.asked.push(name);
          return this.dns.get(name) ?? { kind: 'none' };
        },
      },
      cmdlets: {
        readTopology: async () => {
          this.asked.push('topology');
          return this.topology === 'hangs' ? new Promise(() => undefined) : this.topology;
        },
        end: () => this.asked.push('end'),
      },
      named: this.named,
      ownAddresses: () => this.ownAddresses,
      now: () => ({ at: '2026-11-23T02:00:00.000Z', upMs: this.#upMs }),
      settleMs: 50,
    });
  }

  pass(milliseconds: number): void {
    this.#upMs += milliseconds;
  }

  async known() {
    const directory = this.open();
    await directory.settle();
    const { byAddress, trouble } = directory.read();
    return { kinds: Object.fromEntries([...byAddress].map(([address, { kind, sign }]) => [address, `${kind} by ${sign}`])), trouble };
  }
}

describe("the addresses of Lync's servers", () => {
  it('come from its topology and DNS; a member of our pool is one, whatever else runs there', async () => {
    expect(await new DirectoryTrial().known()).toEqual({
      kinds: {
        '10.0.0.11': 'pool-member by topology',
        '10.0.0.12': 'pool-member by topology',
        '10.0.9.1': 'edge by topology',
        '10.0.9.2': 'edge by topology',
        '192.168.0.240': 'gateway by topology',
      },
      trouble: null,
    });
  });

  it('are not known before they were asked for', () => {
    expect(new DirectoryTrial().open().read()).toMatchObject({ trouble: 'not-read-yet' });
  });

  it('are not all known when DNS does not answer for one of them', async () => {
    const trial = new DirectoryTrial();
    trial.dns.set('edge01.contoso.com', { kind: 'unavailable', reason: 'did-not-answer', raw: '' });
    expect(await trial.known()).toMatchObject({ trouble: 'dns-did-not-answer', kinds: { '10.0.0.12': 'pool-member by topology' } });
    trial.dns.set('edge01.contoso.com', { kind: 'unavailable', reason: 'refused', raw: '' });
    expect(await trial.known()).toMatchObject({ trouble: 'dns-refused' });
  });

  it('are not all known from a copy of the topology', async () => {
    const trial = new DirectoryTrial();
    trial.topology = { kind: 'read', value: { ...TOPOLOGY, isWhole: false } };
    expect((await trial.known()).trouble).toBe('not-told');
  });

  it("are those of the pool's name when the cmdlets say nothing", async () => {
    const trial = new DirectoryTrial();
    trial.topology = refused('cmdlet-denied');
    expect(await trial.known()).toEqual({
      kinds: { '10.0.0.11': 'pool-member by dns', '10.0.0.12': 'pool-member by dns' },
      trouble: 'cmdlet-denied',
    });
  });

  it.each<[string, (trial: DirectoryTrial) => void]>([
    [
      "one, which may be a load balancer's",
      (trial) => trial.dns.set('pool01.contoso.com', { kind: 'addresses', addresses: ['10.0.0.11'] }),
    ],
    ['none of ours', (trial) => (trial.ownAddresses = ['10.0.0.13'])],
    ['not to be compared with ours', (trial) => (trial.ownAddresses = null)],
    ['of a name that nobody said', (trial) => (trial.named = null)],
  ])("are not taken from the pool's name when its addresses are %s", async (_, arrange) => {
    const trial = new DirectoryTrial();
    trial.topology = refused('cmdlet-missing');
    arrange(trial);
    expect(await trial.known()).toEqual({ kinds: {}, trouble: 'cmdlet-missing' });
  });

  it('are waited for no longer than the deadline', async () => {
    const trial = new DirectoryTrial();
    trial.topology = 'hangs';
    expect(await trial.known()).toEqual({ kinds: {}, trouble: 'not-read-yet' });
  });

  it('are asked for again after ten minutes, and PowerShell is ended each time', async () => {
    const trial = new DirectoryTrial();
    const directory = trial.open();
    await Promise.all([directory.settle(), directory.settle()]);
    trial.pass(599_999);
    await directory.settle();
    expect(trial.asked.filter((one) => one === 'topology' || one === 'end')).toEqual(['topology', 'end']);
    trial.pass(1);
    await directory.settle();
    expect(trial.asked.filter((one) => one === 'topology')).toHaveLength(2);
  });
});
