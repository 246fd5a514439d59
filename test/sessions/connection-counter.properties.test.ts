import { describe, expect, it } from 'vitest';

import { ConnectionCounter } from '../../electron/adapters/windows/evidence/tcp/connection-counter.js';
import type { OwnServices, TcpWatch } from '../../electron/ports/evidence-sources.js';
import { draws, fc } from '../harness/properties.js';
import { tablesOf, type Row, type State } from '../harness/sessions/made-up-tables.js';

const PORTS = [5061, 5075, 8057, 8058, 443, 50_000, 50_001];
const OWNERS = [0, 4, 400, 800, 1_200];
const IPV4 = ['10.0.0.1', '10.0.0.2', '10.9.9.9', '127.0.0.1', '127.0.0.2'];
const IPV6 = ['2001:db8::1', '2001:db8::2', '::1', '::ffff:10.0.0.2', '::ffff:127.0.0.1', '::ffff:10.0.0.1'];
const LEFT_OUT = ['10.0.0.2', '2001:db8::2'];

const port = fc.constantFrom(...PORTS);
const row: fc.Arbitrary<Row> = fc
  .boolean()
  .chain((isIpv6) => {
    const address = fc.constantFrom(...(isIpv6 ? IPV6 : IPV4));
    return fc.record({
      state: fc.constantFrom<State>('established', 'established', 'established', 'listen', 'time-wait', 'close-wait'),
      local: fc.tuple(address, port),
      remote: fc.tuple(address, port),
      owner: fc.constantFrom(...OWNERS),
    });
  })
  .filter(({ local, remote }) => isLoopback(local[0]) === isLoopback(remote[0]));

/** No connection has one end on the loopback and the other elsewhere. */
function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** A connection has one row for each of its ends, never two that say different things of the same end. */
const rows = fc.uniqueArray(row, { maxLength: 60, selector: (one) => (one.state === 'listen' ? Symbol() : endsOf(one)) });
const watches = fc
  .array(
    fc.record({
      processId: fc.constantFrom(...OWNERS),
      ports: fc.uniqueArray(fc.constantFrom(5061, 5075, 8057), { maxLength: 2 }),
      remotePorts: fc.uniqueArray(fc.constantFrom(8057, 8058), { maxLength: 1 }),
    }),
    { maxLength: 4 },
  )
  .map((list): readonly TcpWatch[] => list.map((watch, index) => ({ serviceName: `S${index}`, ...watch })));
const own: fc.Arbitrary<OwnServices> = fc.record({ processIds: fc.subarray([400, 800, 1_200]), ports: fc.subarray([5061, 5075, 8057]) });

describe('counting connections', () => {
  it('agrees with the rules written down one by one', () => {
    fc.assert(
      fc.property(rows, watches, own, (table, watched, owned) => {
        const counts = new ConnectionCounter(LEFT_OUT).count(tablesOf(table), watched, owned);
        for (const watch of watched) {
          expect(counts.get(watch.serviceName)?.count ?? null, watch.serviceName).toBe(
            byTheRules(table, watch, watched, owned)?.length ?? null,
          );
        }
      }),
      draws(2_000),
    );
  });

  it('names as arrivals what the reading before did not have', () => {
    fc.assert(
      fc.property(rows, rows, watches, own, (before, now, watched, owned) => {
        const counter = new ConnectionCounter(LEFT_OUT);
        counter.count(tablesOf(before), watched, owned);
        const counts = counter.count(tablesOf(now), watched, owned);
        // What counted for any service was there: a session that changes hands between services has not arrived.
        const known = new Set(
          watched
            .flatMap((watch) => countable(before, watch, watched, owned))
            .concat(strays(before, watched, owned))
            .map(endsOf),
        );
        for (const watch of watched) {
          const sessions = byTheRules(now, watch, watched, owned);
          if (sessions === null || byTheRules(before, watch, watched, owned) === null) continue;
          const expected = sessions.filter((one) => !known.has(endsOf(one)));
          expect(counts.get(watch.serviceName)!.arrivals.length, watch.serviceName).toBe(Math.min(20, expected.length));
        }
      }),
      draws(1_000),
    );
  });
});

const plain = (address: string) => address.replace('::ffff:', '');
const ipv4First = (address: string) => plain(address).includes('.');

function endsOf({ local, remote }: Row): string {
  return `${plain(local[0])} ${local[1]} ${plain(remote[0])} ${remote[1]}`;
}

function ownerOf(one: Row, table: readonly Row[]): number {
  if (one.owner !== 0) return one.owner;
  return listenerOn(one.local[1], table);
}

function listenerOn(localPort: number, table: readonly Row[]): number {
  const owners = new Set(
    table.filter((other) => other.state === 'listen' && other.local[1] === localPort && other.owner !== 0).map((other) => other.owner),
  );
  return owners.size === 1 ? [...owners][0]! : 0;
}

function isOwnEnd(one: Row, table: readonly Row[], owned: OwnServices): boolean {
  const far = plain(one.remote[0]);
  const isLoopbackEnd = ipv4First(far) ? far.startsWith('127.') : far === '::1';
  if (!isLoopbackEnd && !table.some((other) => plain(other.local[0]) === far)) return false;
  const mirrored = endsOf({ ...one, local: one.remote, remote: one.local });
  const other = table.find((candidate) => candidate.state === 'established' && endsOf(candidate) === mirrored);
  const owner = other !== undefined && other.owner !== 0 ? other.owner : listenerOn(one.remote[1], table);
  return owner === 0 ? owned.ports.includes(one.remote[1]) : owned.processIds.includes(owner);
}

/** With the addresses that are left out; these count only for a service that names the port at the far end. */
function sessionsIn(table: readonly Row[], owned: OwnServices): readonly Row[] {
  return table.filter((one) => one.state === 'established' && !isOwnEnd(one, table, owned));
}

const isLeftOut = (one: Row) => LEFT_OUT.includes(plain(one.remote[0]));

/** A connection that a service's ports name, and whose process can be its own. */
function isNamedBy(one: Row, owner: number, watch: TcpWatch): boolean {
  if (!watch.ports.includes(one.local[1]) && !watch.remotePorts.includes(one.remote[1])) return false;
  if (watch.ports.length === 0) return watch.processId !== 0 && owner === watch.processId;
  return watch.processId === 0 || owner === 0 || owner === watch.processId;
}

function countable(table: readonly Row[], watch: TcpWatch, watched: readonly TcpWatch[], owned: OwnServices): readonly Row[] {
  const others = watched.filter((other) => other.processId === watch.processId && other.ports.length > 0);
  const isTaken = (one: Row) => others.some((other) => other.ports.includes(one.local[1]) || other.remotePorts.includes(one.remote[1]));
  return sessionsIn(table, owned).filter((one) => {
    const owner = ownerOf(one, table);
    const takesAll = watched.some((other) => other.remotePorts.includes(one.remote[1]) && isNamedBy(one, owner, other));
    if (isLeftOut(one) && !takesAll) return false;
    if (watch.ports.length === 0) return watch.processId !== 0 && owner === watch.processId && !isTaken(one);
    return isNamedBy(one, owner, watch);
  });
}

function strays(table: readonly Row[], watched: readonly TcpWatch[], owned: OwnServices): readonly Row[] {
  if (!watched.some((watch) => watch.ports.length === 0)) return [];
  const isNamed = (one: Row) => watched.some((watch) => watch.ports.includes(one.local[1]) || watch.remotePorts.includes(one.remote[1]));
  return sessionsIn(table, owned).filter((one) => !isLeftOut(one) && ownerOf(one, table) === 0 && !isNamed(one));
}

function byTheRules(table: readonly Row[], watch: TcpWatch, watched: readonly TcpWatch[], owned: OwnServices): readonly Row[] | null {
  if (watch.ports.length === 0) {
    const isOwnerNamed = table.some((one) => one.owner !== 0);
    if (watch.processId === 0 || !isOwnerNamed || strays(table, watched, owned).length > 0) return null;
  }
  return countable(table, watch, watched, owned);
}
