import type { TcpCount } from '../../../../contract/evidence-answers.js';
import type { RemoteEnd } from '../../../../contract/sessions.js';
import type { OwnServices, TcpWatch } from '../../../../ports/evidence-sources.js';
import { AddressRanges } from './address-ranges.js';
import { ClaimedRows } from './claimed-rows.js';
import { ConnectionHistory } from './connection-history.js';
import { ListenerOwners, namesOwners } from './listener-owners.js';
import { LocalEnds } from './local-ends.js';
import { OwnAddresses } from './own-addresses.js';
import { OwnEnds, PortClaims, UNCLAIMED_CELL } from './port-claims.js';
import { listEnds, remoteEndAt, type PlacedRow } from './remote-ends.js';
import { foldAddress } from './row-addresses.js';
import { portOf, portPair, type TcpTable } from './tcp-table.js';

const MAX_ARRIVALS = 20;

/** What decides for whom a connection counts, and if it counts. */
interface Judges {
  readonly madeFor: string;
  readonly claims: PortClaims;
  readonly ownEnds: OwnEnds;
}

/** One connection that counts: where it stands, and what tells it from others. */
interface Session extends PlacedRow {
  readonly cell: number;
  readonly local: number;
  readonly remote: number;
  readonly ports: number;
}

/** One reading on its way. */
interface Tally extends Judges {
  /** Connections by cell. */
  readonly counts: Int32Array;
  /** Sessions that did not follow in the reading before: new, or in another place. */
  readonly unfamiliar: Session[];
  /** By cell, at most `MAX_ARRIVALS` each. */
  readonly arrivals: Map<number, RemoteEnd[]>;
  /** The sessions in each cell whose far ends are wanted. */
  readonly wanted: ReadonlyMap<number, PlacedRow[]>;
}

/**
 * Counts established connections by service, and remembers them, to tell at the next reading which are new. A connection
 * counts for the service whose process owns it; where Windows names no owner, for the process that listens on its port,
 * and failing that for the service that the port is known for. Not counted: connections with addresses that are left out,
 * and those whose far end is one of the server's own services.
 */
export class ConnectionCounter {
  readonly #leftOut: AddressRanges;
  readonly #listeners = new ListenerOwners();
  readonly #localEnds = new LocalEnds(this.#listeners);
  readonly #ownAddresses = new OwnAddresses();
  readonly #history = new ConnectionHistory();
  #watchedBefore: ReadonlySet<string> = new Set();
  #judges: Judges | null = null;
  /** Working memory, by table. */
  readonly #claimed: ClaimedRows[] = [];

  /** @throws ProblemError invalid-argument when one of the addresses or ranges to leave out is none */
  constructor(addressesToLeaveOut: readonly string[]) {
    this.#leftOut = new AddressRanges(addressesToLeaveOut);
  }

  /**
   * @param withEnds the services whose far ends are wanted too
   * @returns one count for each service; null where its connections cannot be told from those of others
   */
  count(
    tables: readonly TcpTable[],
    watches: readonly TcpWatch[],
    own: OwnServices,
    withEnds: ReadonlySet<string> = new Set(),
  ): ReadonlyMap<string, TcpCount | null> {
    const judges = this.#judgesFor(watches, own);
    const wanted = new Map([...withEnds].flatMap((serviceName) => judges.claims.cellsOf(serviceName)).map((cell) => [cell, []]));
    const tally: Tally = { ...judges, counts: new Int32Array(judges.claims.isClaimed.length), unfamiliar: [], arrivals: new Map(), wanted };
    this.#tallyUp(tables, tally);
    const hasUnclaimed = tally.counts[UNCLAIMED_CELL] !== 0 || !namesOwners(tables);
    const counted = watches.filter((watch) => !isUncounted(watch, hasUnclaimed));
    const counts = new Map<string, TcpCount | null>(watches.map((watch) => [watch.serviceName, null]));
    for (const watch of counted) counts.set(watch.serviceName, this.#sum(watch, tally, withEnds.has(watch.serviceName)));
    this.#watchedBefore = new Set(counted.map((watch) => watch.serviceName));
    return counts;
  }

  /** Rebuilt only when a service came, went or got another process: their tables are long and readings frequent. */
  #judgesFor(watches: readonly TcpWatch[], own: OwnServices): Judges {
    const madeFor = JSON.stringify([watches, own]);
    if (this.#judges?.madeFor !== madeFor) this.#judges = { madeFor, claims: new PortClaims(watches), ownEnds: new OwnEnds(own) };
    return this.#judges;
  }

  /** The far ends of all tables are known before any connection is judged: an IPv4 client may reach an IPv6 socket. */
  #tallyUp(tables: readonly TcpTable[], tally: Tally): void {
    this.#listeners.turnTo(tables);
    this.#localEnds.clear();
    const found = this.#findRows(tables, tally);
    for (const { table, rows } of found) this.#localEnds.note(table, rows);
    this.#history.begin(found.reduce((sum, { rows }) => sum + rows.count, 0));
    for (const { table, rows } of found) this.#countRows(table, rows, tally);
    for (const session of tally.unfamiliar) this.#noteArrival(session, tally.arrivals);
  }

  #findRows(tables: readonly TcpTable[], { claims }: Judges): readonly { readonly table: TcpTable; readonly rows: ClaimedRows }[] {
    const listeners = this.#listeners;
    const ownAddresses = this.#ownAddresses;
    const found = tables.map((table, index) => ({ table, rows: (this.#claimed[index] ??= new ClaimedRows()) }));
    const look = (): void => found.forEach(({ table, rows }) => rows.find(table, claims, listeners, ownAddresses));
    ownAddresses.begin();
    look();
    if (!ownAddresses.settle()) look();
    return found;
  }

  #countRows(table: TcpTable, claimed: ClaimedRows, tally: Tally): void {
    const { words, layout } = table;
    const { isIpv6, localAddress, localPort, remoteAddress, remotePort } = layout;
    const { rows, cells, isLocal, count } = claimed;
    const { counts, claims, ownEnds, wanted } = tally;
    const leftOut = this.#leftOut;
    const localEnds = this.#localEnds;
    const history = this.#history;
    const isFirst = this.#watchedBefore.size === 0;
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] ?? 0;
      const remote = foldAddress(words, row + remoteAddress, isIpv6);
      const cell = cells[index] ?? 0;
      if (leftOut.has(words, row + remoteAddress, isIpv6, remote) && claims.takesEveryAddress[cell] === 0) continue;
      const local = foldAddress(words, row + localAddress, isIpv6);
      const farPort = words[row + remotePort] ?? 0;
      if (isLocal[index] === 1 && ownEnds.has(localEnds.farOwner(table, row, local, remote), portOf(farPort))) continue;

      counts[cell] = (counts[cell] ?? 0) + 1;
      if (wanted.size > 0) wanted.get(cell)?.push({ table, row });
      const ports = portPair(words[row + localPort] ?? 0, farPort);
      if (!history.follows(local, remote, ports) && !isFirst) tally.unfamiliar.push({ table, row, cell, local, remote, ports });
    }
  }

  #noteArrival({ table, row, cell, local, remote, ports }: Session, arrivals: Tally['arrivals']): void {
    const noted = arrivals.get(cell) ?? [];
    if (noted.length >= MAX_ARRIVALS || this.#history.wasThere(local, remote, ports)) return;
    noted.push(remoteEndAt(table, row));
    arrivals.set(cell, noted);
  }

  #sum(watch: TcpWatch, { claims, counts, arrivals, wanted }: Tally, isWanted: boolean): TcpCount {
    const cells = claims.cellsOf(watch.serviceName);
    const count = cells.reduce((sum, cell) => sum + (counts[cell] ?? 0), 0);
    const isNew = !this.#watchedBefore.has(watch.serviceName);
    return {
      count,
      arrivals: isNew ? [] : cells.flatMap((cell) => arrivals.get(cell) ?? []).slice(0, MAX_ARRIVALS),
      ends: isWanted ? listEnds(cells.flatMap((cell) => wanted.get(cell) ?? [])) : [],
    };
  }
}

/** A service whose ports are not known is only told by its process: not where owners are lacking, not without a process. */
export function isUncounted(watch: TcpWatch, hasUnclaimed: boolean): boolean {
  return watch.ports.length === 0 && (hasUnclaimed || watch.processId === 0);
}
