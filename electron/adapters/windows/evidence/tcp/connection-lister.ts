import type { Instant } from '../../../../contract/computer.js';
import { findEndKind, noKinds, type EndKind, type KindFinding, type ListedEnds } from '../../../../contract/session-ends.js';
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
import { portOf, portPair, timeAt, type DatedRowLayout, type DatedTcpTable, type ReadTcpTables } from './tcp-table.js';

/** Clocks of table and program are the same one, read at two moments. */
const CLOCK_TOLERANCE_MS = 2_000;

export interface ConnectionListerOptions {
  readonly readTables: ReadTcpTables<DatedRowLayout>;
  /** Addresses and ranges that carry no sessions, as an administrator said. */
  readonly addressesToLeaveOut: readonly string[];
  readonly now: () => Instant;
}

/** What is found of one service. */
interface Tally {
  readonly watch: EndsWatch;
  readonly kinds: Record<EndKind, number>;
  readonly ends: OldestEnds;
  connections: number;
}

/** One reading on its way. */
interface Reading {
  readonly ownEnds: OwnEnds;
  readonly claims: PortClaims;
  readonly tallies: readonly Tally[];
  /** By cell: the services that it counts for. */
  readonly byCell: readonly (readonly Tally[] | undefined)[];
  readonly servers: ServersByFold;
  readonly nowMs: number;
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
  /** Working memory, by table. */
  readonly #claimed: ClaimedRows[] = [];

  /** @throws ProblemError invalid-argument when one of the addresses or ranges to leave out is none */
  constructor(options: ConnectionListerOptions) {
    this.#options = options;
    this.#leftOut = new AddressRanges(options.addressesToLeaveOut);
  }

  async list(question: EndsQuestion): Promise<ReadonlyMap<string, ListedEnds | null>> {
    const tables = await this.#options.readTables();
    const { at, upMs } = this.#options.now();
    const reading = beginReading(question, Date.parse(at));
    this.#firstSeen.begin(upMs);
    const unclaimed = this.#tallyUp(tables, reading);
    const hasUnclaimed = unclaimed > 0 || !namesOwners(tables);
    return new Map(
      reading.tallies.map(({ watch, connections, kinds, ends }): [string, ListedEnds | null] => [
        watch.serviceName,
        isUncounted(watch, hasUnclaimed) ? null : { connections, kinds, ends: ends.list() },
      ]),
    );
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
      for (const tally of byCell[cell] ?? []) this.#take(tally, { table, row, local, remote }, reading);
    }
    return unclaimed;
  }

  #take(tally: Tally, at: RowOfTable, { servers, nowMs }: Reading): void {
    const { table, row, local, remote } = at;
    const { words, layout } = table;
    const localWord = words[row + layout.localPort] ?? 0;
    const remoteWord = words[row + layout.remotePort] ?? 0;
    const ports = { localPort: portOf(localWord), port: portOf(remoteWord) };
    const server = servers.find(words, row + layout.remoteAddress, layout.isIpv6, remote);
    const finding = findEndKind(tally.watch.rules, ports, server, servers.knowsAll(words, row + layout.remoteAddress, layout.isIpv6));
    tally.connections += 1;
    tally.kinds[finding.kind] += 1;
    const createdMs = timeAt(words, row + layout.created);
    const isDated = createdMs !== null && createdMs <= nowMs + CLOCK_TOLERANCE_MS;
    const ageMs = isDated
      ? Math.max(0, Math.round(nowMs - createdMs))
      : this.#firstSeen.ageMs(local, remote, portPair(localWord, remoteWord));
    tally.ends.offer(table, row, finding, { ageMs, isAgeExact: isDated });
  }
}

/** A row, with its addresses folded. */
interface RowOfTable {
  readonly table: DatedTcpTable;
  readonly row: number;
  readonly local: number;
  readonly remote: number;
}

function beginReading({ watches, own, servers, most }: EndsQuestion, nowMs: number): Reading {
  const claims = new PortClaims(watches);
  const byCell: Tally[][] = [];
  const tallies = watches.map((watch) => ({ watch, kinds: noKinds(), ends: new OldestEnds(most), connections: 0 }));
  for (const tally of tallies) for (const cell of claims.cellsOf(tally.watch.serviceName)) (byCell[cell] ??= []).push(tally);
  return { ownEnds: new OwnEnds(own), claims, tallies, byCell, servers: new ServersByFold(servers), nowMs };
}

/** Known servers, by where their address stands in a table. */
class ServersByFold {
  readonly #isWhole: boolean;
  /** IPv4 addresses by their word; none of them is hashed, so that equal is equal. */
  readonly #byWord = new Map<number, KindFinding>();

  constructor({ byAddress, trouble }: KnownServers) {
    this.#isWhole = trouble === null;
    for (const [text, finding] of byAddress) {
      const words = text.includes(':') ? null : parseAddress(text);
      if (words !== null) this.#byWord.set(words[3], finding);
    }
  }

  /** True if a server at this address would have been found: only IPv4 addresses of servers are asked for. */
  knowsAll(words: Int32Array, at: number, isIpv6: boolean): boolean {
    return this.#isWhole && (!isIpv6 || isMappedAt(words, at));
  }

  /** @param fold what `foldAddress` gives for the address */
  find(words: Int32Array, at: number, isIpv6: boolean, fold: number): KindFinding | undefined {
    if (this.#byWord.size === 0 || (isIpv6 && !isMappedAt(words, at))) return undefined;
    return this.#byWord.get(fold);
  }
}
