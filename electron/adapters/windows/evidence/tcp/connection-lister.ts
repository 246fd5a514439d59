import type { Instant } from '../../../../contract/computer.js';
import { END_KINDS, findEndKind, noKinds, placeOfKind, type KindFinding, type ListedEnds } from '../../../../contract/session-ends.js';
import type { ConnectionSource, EndsQuestion, EndsWatch, KnownServers } from '../../../../ports/session-ends.js';
import { AddressRanges } from './address-ranges.js';
import { parseAddress } from './addresses.js';
import { ClaimedRows } from './claimed-rows.js';
import { isUncounted } from './connection-counter.js';
import { FirstSeen } from './first-seen.js';
import { ListenerOwners, namesOwners } from './listener-owners.js';
import { LocalEnds } from './local-ends.js';
import { OldestEnds } from './oldest-ends.js';
import { OwnAddresses } from './own-addresses.js';
import { OwnEnds, PortClaims, UNCLAIMED_CELL } from './port-claims.js';
import { foldAddress, isMappedAt } from './row-addresses.js';
import { portOf, portPair, secondsAt, type DatedRowLayout, type DatedTcpTable, type ReadTcpTables } from './tcp-table.js';

/** Clocks of table and program are the same one, read at two moments. */
const CLOCK_TOLERANCE_SECONDS = 2;

export interface ConnectionListerOptions {
  readonly readTables: ReadTcpTables<DatedRowLayout>;
  /** Addresses and ranges that carry no sessions, as an administrator said. */
  readonly addressesToLeaveOut: readonly string[];
  readonly now: () => Instant;
}

/** What is found of one service. */
interface Tally {
  readonly watch: EndsWatch;
  /** By place of the kind. */
  readonly counts: Int32Array;
  readonly ends: OldestEnds;
  /** Of the row before, with the place of its kind: most rows of a service have the same. */
  finding: KindFinding | null;
  place: number;
  /** What its rules say of the local port that came last, if none of them looks at the far end's port. */
  readonly byPort: PortMemory | null;
}

/** Most connections of a service come to the same port. */
interface PortMemory {
  /** The port as it stands in a table, and above its bits whether all servers are known. */
  key: number;
  finding: KindFinding | null;
}

/** What decides for whom a connection stands, and if it does. */
interface Judges {
  readonly madeFor: string;
  readonly ownEnds: OwnEnds;
  readonly claims: PortClaims;
}

const NO_TALLIES: readonly Tally[] = [];

/** One reading on its way. */
interface Reading extends Judges {
  readonly tallies: readonly Tally[];
  /** By cell: the services that it counts for. */
  readonly byCell: readonly (readonly Tally[])[];
  readonly servers: ServersByFold;
  readonly nowSeconds: number;
}

/**
 * Lists established connections by service, as `ConnectionCounter` counts them: the same are left out. On request only, with a memory
 * of its own: what is new to the counter must not depend on who looks.
 */
export class ConnectionLister implements ConnectionSource {
  readonly #options: ConnectionListerOptions;
  readonly #leftOut: AddressRanges;
  readonly #listeners = new ListenerOwners();
  readonly #localEnds = new LocalEnds(this.#listeners);
  readonly #ownAddresses = new OwnAddresses();
  readonly #firstSeen = new FirstSeen();
  /** Working memory. */
  #known: { readonly servers: KnownServers; readonly byFold: ServersByFold } | null = null;
  #judges: Judges | null = null;
  readonly #claimed: ClaimedRows[] = [];

  /** @throws ProblemError invalid-argument when one of the addresses or ranges to leave out is none */
  constructor(options: ConnectionListerOptions) {
    this.#options = options;
    this.#leftOut = new AddressRanges(options.addressesToLeaveOut);
  }

  async list(question: EndsQuestion): Promise<ReadonlyMap<string, ListedEnds | null>> {
    const tables = await this.#options.readTables();
    const { at, upMs } = this.#options.now();
    const reading = this.#begin(question, Date.parse(at) / 1_000);
    this.#firstSeen.begin(upMs);
    const unclaimed = this.#tallyUp(tables, reading);
    const hasUnclaimed = unclaimed > 0 || !namesOwners(tables);
    return new Map(
      reading.tallies.map((tally): [string, ListedEnds | null] => [
        tally.watch.serviceName,
        isUncounted(tally.watch, hasUnclaimed) ? null : toListed(tally),
      ]),
    );
  }

  /** What is known of ports and servers is worked out again only when it is other: their tables are long. */
  #begin({ watches, own, servers, most }: EndsQuestion, nowSeconds: number): Reading {
    const madeFor = JSON.stringify([watches, own]);
    if (this.#judges?.madeFor !== madeFor) this.#judges = { madeFor, claims: new PortClaims(watches), ownEnds: new OwnEnds(own) };
    if (this.#known?.servers !== servers) this.#known = { servers, byFold: new ServersByFold(servers) };
    const tallies = watches.map((watch): Tally => {
      const byPort = watch.rules.ports.every(({ end }) => end === 'local') ? { key: 0, finding: null } : null;
      const ends = new OldestEnds(most);
      return { watch, counts: new Int32Array(END_KINDS.length), ends, finding: null, place: 0, byPort };
    });
    const { claims } = this.#judges;
    const byCell = Array.from({ length: claims.isClaimed.length }, (): Tally[] => []);
    for (const tally of tallies) for (const cell of claims.cellsOf(tally.watch.serviceName)) byCell[cell]?.push(tally);
    return { ...this.#judges, tallies, byCell, servers: this.#known.byFold, nowSeconds };
  }

  /** @returns how many connections may belong to any service without ports */
  #tallyUp(tables: readonly DatedTcpTable[], reading: Reading): number {
    this.#listeners.turnTo(tables);
    this.#localEnds.clear();
    const found = tables.map((table, index) => ({ table, rows: (this.#claimed[index] ??= new ClaimedRows()) }));
    const look = (): void => found.forEach(({ table, rows }) => rows.find(table, reading.claims, this.#listeners, this.#ownAddresses));
    this.#ownAddresses.begin();
    look();
    if (!this.#ownAddresses.settle()) look();
    for (const { table, rows } of found) this.#localEnds.note(table, rows);
    return found.reduce((sum, { table, rows }) => sum + this.#takeRows(table, rows, reading), 0);
  }

  #takeRows(table: DatedTcpTable, { rows, cells, isLocal, count }: ClaimedRows, reading: Reading): number {
    const { words, layout } = table;
    const { isIpv6, localAddress, remoteAddress, remotePort } = layout;
    const { claims, ownEnds, byCell } = reading;
    const at: RowOfTable = { table, row: 0, local: 0, remote: 0 };
    let unclaimed = 0;
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] ?? 0;
      const cell = cells[index] ?? 0;
      const remote = foldAddress(words, row + remoteAddress, isIpv6);
      if (this.#leftOut.has(words, row + remoteAddress, isIpv6, remote) && claims.takesEveryAddress[cell] === 0) continue;
      const local = foldAddress(words, row + localAddress, isIpv6);
      const isOwn =
        isLocal[index] === 1 && ownEnds.has(this.#localEnds.farOwner(table, row, local, remote), portOf(words[row + remotePort] ?? 0));
      if (isOwn) continue;
      if (cell === UNCLAIMED_CELL) unclaimed += 1;
      at.row = row;
      at.local = local;
      at.remote = remote;
      for (const tally of byCell[cell] ?? NO_TALLIES) this.#take(tally, at, reading);
    }
    return unclaimed;
  }

  #take(tally: Tally, at: RowOfTable, { servers, nowSeconds }: Reading): void {
    const { words, layout } = at.table;
    const { row } = at;
    const localWord = words[row + layout.localPort] ?? 0;
    const remoteWord = words[row + layout.remotePort] ?? 0;
    const server = servers.find(words, row + layout.remoteAddress, layout.isIpv6, at.remote);
    const knowsAll = servers.knowsAll(words, row + layout.remoteAddress, layout.isIpv6);
    const finding = server ?? findByPort(tally, localWord, remoteWord, knowsAll);
    if (finding !== tally.finding) {
      tally.finding = finding;
      tally.place = placeOfKind(finding.kind);
    }
    tally.counts[tally.place] = (tally.counts[tally.place] ?? 0) + 1;
    const age = nowSeconds - secondsAt(words, row + layout.created);
    // Before 1970 is none, and what is to come is none to rely on.
    const isDated = age <= nowSeconds && age >= -CLOCK_TOLERANCE_SECONDS;
    const seconds = isDated
      ? age > 0
        ? (age + 0.5) | 0
        : 0
      : -1 - this.#firstSeen.ageSeconds(at.local, at.remote, portPair(localWord, remoteWord));
    tally.ends.offer(at, finding, tally.place, seconds);
  }
}

/** The kind of a far end whose address is known for nothing. */
function findByPort({ watch, byPort }: Tally, localWord: number, remoteWord: number, knowsAllServers: boolean): KindFinding {
  const key = (localWord & 0xffff) | (knowsAllServers ? 0x1_0000 : 0);
  if (byPort !== null && byPort.finding !== null && byPort.key === key) return byPort.finding;
  const finding = findEndKind(watch.rules, { localPort: portOf(localWord), port: portOf(remoteWord) }, undefined, knowsAllServers);
  if (byPort !== null) {
    byPort.key = key;
    byPort.finding = finding;
  }
  return finding;
}

function toListed({ counts, ends }: Tally): ListedEnds {
  const kinds = noKinds();
  for (const kind of END_KINDS) kinds[kind] = counts[placeOfKind(kind)] ?? 0;
  return { connections: counts.reduce((sum, count) => sum + count, 0), kinds, ends: ends.list() };
}

/** A row, with its addresses folded. One object for all rows of a table: there are thousands. */
interface RowOfTable {
  readonly table: DatedTcpTable;
  row: number;
  local: number;
  remote: number;
}

/** Places of the filter, a bit each: enough that hardly ever another address falls where a server's does. */
const FILTER_BITS = 65_536;

/** Known servers, by where their address stands in a table. */
class ServersByFold {
  readonly #isWhole: boolean;
  /** IPv4 addresses by their word; none of them is hashed, so that equal is equal. */
  readonly #byWord = new Map<number, KindFinding>();
  /** What most addresses fail at: a bit where a server's address falls. */
  readonly #filter = new Int32Array(FILTER_BITS >>> 5);

  constructor({ byAddress, trouble }: KnownServers) {
    this.#isWhole = trouble === null;
    for (const [text, finding] of byAddress) {
      const words = text.includes(':') ? null : parseAddress(text);
      if (words === null) continue;
      this.#byWord.set(words[3], finding);
      const place = filterPlace(words[3]);
      this.#filter[place >>> 5] = (this.#filter[place >>> 5] ?? 0) | (1 << (place & 31));
    }
  }

  /** True if a server at this address would have been found: only IPv4 addresses of servers are asked for. */
  knowsAll(words: Int32Array, at: number, isIpv6: boolean): boolean {
    return this.#isWhole && (!isIpv6 || isMappedAt(words, at));
  }

  /** @param fold what `foldAddress` gives for the address */
  find(words: Int32Array, at: number, isIpv6: boolean, fold: number): KindFinding | undefined {
    const place = filterPlace(fold);
    const isThere = ((this.#filter[place >>> 5] ?? 0) >>> (place & 31)) & 1;
    if (isThere === 0 || (isIpv6 && !isMappedAt(words, at))) return undefined;
    return this.#byWord.get(fold);
  }
}

function filterPlace(fold: number): number {
  return (fold ^ (fold >>> 16)) & (FILTER_BITS - 1);
}
