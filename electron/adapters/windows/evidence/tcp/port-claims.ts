import type { OwnServices, TcpWatch } from '../../../../ports/evidence-sources.js';

const PORTS = 65_536;

/** Rows of cells: connections without an owner, those of unwatched processes, then one row for each watched process. */
const UNOWNED = 0;
const UNWATCHED = 1;
const FIRST_WATCHED = 2;

/** Column of cells for all local ports that no watched service names, and the same for remote ports. */
const UNNAMED_PORT = 0;

/** Connections without an owner on ports that no service names: they may belong to any service without ports. */
export const UNCLAIMED_CELL = 0;

/**
 * Says which connections speak for which watched service. Connections fall into cells, one for each process, local port and
 * remote port that a watched service names, so that one look at a row is enough however many services there are; a
 * service's count is the sum of its cells.
 */
export class PortClaims {
  readonly #watches: readonly TcpWatch[];
  /** 1 for each cell that counts for a service. */
  readonly isClaimed: Uint8Array;
  /** 1 for each cell that counts for its remote port: addresses that are left out count there too. */
  readonly takesEveryAddress: Uint8Array;
  readonly #localOffsets: Uint16Array;
  readonly #remoteOffsets: Uint16Array;
  readonly #locals: NamedPorts;
  readonly #remotes: NamedPorts;
  readonly #columnCount: number;
  readonly #rows: ProcessRows;
  readonly #cells: ReadonlyMap<string, readonly number[]>;

  constructor(watches: readonly TcpWatch[]) {
    this.#watches = watches;
    this.#locals = new NamedPorts(
      watches.flatMap((watch) => watch.ports),
      1,
    );
    this.#remotes = new NamedPorts(
      watches.flatMap((watch) => watch.remotePorts),
      this.#locals.count,
    );
    this.#localOffsets = this.#locals.byPort;
    this.#remoteOffsets = this.#remotes.byPort;
    this.#columnCount = this.#locals.count * this.#remotes.count;
    this.#rows = new ProcessRows(
      watches.map((watch) => watch.processId),
      this.#columnCount,
    );
    this.isClaimed = new Uint8Array(this.#rows.count * this.#columnCount);
    this.takesEveryAddress = new Uint8Array(this.isClaimed.length);
    this.#cells = new Map(watches.map((watch) => [watch.serviceName, this.#cellsAt(watch, this.#columnsOf(watch))]));
    for (const cells of this.#cells.values()) for (const cell of cells) this.isClaimed[cell] = 1;
    for (const watch of watches) for (const cell of this.#cellsAt(watch, this.#columnsOfRemote(watch))) this.takesEveryAddress[cell] = 1;
    if (watches.some((watch) => watch.ports.length === 0)) this.isClaimed[UNCLAIMED_CELL] = 1;
  }

  /** The cell of a connection, by its owner (0: none), its local port and its remote port. */
  cellAt(owner: number, port: number, farPort: number): number {
    return this.#rows.firstCellOf(owner) + (this.#localOffsets[port] ?? UNNAMED_PORT) + (this.#remoteOffsets[farPort] ?? UNNAMED_PORT);
  }

  /** The cells that count for a service. */
  cellsOf(serviceName: string): readonly number[] {
    return this.#cells.get(serviceName) ?? [];
  }

  /**
   * With ports: these ports of its process, and without an owner if none is given; of any process while the service has no
   * process. Without ports: its whole process, but for the ports that another service in the same process names; nothing
   * while it has none.
   */
  #cellsAt({ processId, ports }: TcpWatch, columns: ReadonlySet<number>): readonly number[] {
    const own = processId === 0 ? [] : [this.#rows.firstCellOf(processId | 0)];
    const every = Array.from({ length: this.#rows.count }, (_, row) => row * this.#columnCount);
    const firstCells = ports.length === 0 ? own : processId === 0 ? every : [UNCLAIMED_CELL, ...own];
    return firstCells.flatMap((firstCell) => [...columns].map((column) => firstCell + column));
  }

  #columnsOf(watch: TcpWatch): ReadonlySet<number> {
    if (watch.ports.length > 0) return this.#columnsNamedBy(watch);
    const others = this.#watches.filter((other) => other.processId === watch.processId && other.ports.length > 0);
    const taken = new Set(others.flatMap((other) => [...this.#columnsNamedBy(other)]));
    return new Set(Array.from({ length: this.#columnCount }, (_, column) => column).filter((column) => !taken.has(column)));
  }

  #columnsNamedBy(watch: TcpWatch): ReadonlySet<number> {
    const byLocal = watch.ports.flatMap((port) => this.#remotes.offsets.map((offset) => this.#locals.offsetOf(port) + offset));
    return new Set([...byLocal, ...this.#columnsOfRemote(watch)]);
  }

  #columnsOfRemote({ remotePorts }: TcpWatch): ReadonlySet<number> {
    return new Set(remotePorts.flatMap((port) => this.#locals.offsets.map((offset) => this.#remotes.offsetOf(port) + offset)));
  }
}

/** The columns of the ports that watched services name, and one for all others. */
class NamedPorts {
  readonly count: number;
  /** Those of all columns. */
  readonly offsets: readonly number[];
  readonly byPort: Uint16Array;

  /** @param step from one column to the next */
  constructor(ports: readonly number[], step: number) {
    const distinct = [...new Set(ports)];
    this.count = distinct.length + 1;
    this.byPort = new Uint16Array(PORTS).fill(UNNAMED_PORT);
    distinct.forEach((port, index) => (this.byPort[port] = (index + 1) * step));
    this.offsets = Array.from({ length: this.count }, (_, index) => index * step);
  }

  offsetOf(port: number): number {
    return this.byPort[port] ?? UNNAMED_PORT;
  }
}

/** The row of cells of each process: a hash table in typed arrays, asked once for every connection. */
class ProcessRows {
  readonly #columnCount: number;
  readonly count: number;
  readonly #processIds: Int32Array;
  readonly #firstCells: Int32Array;

  constructor(processIds: readonly number[], columnCount: number) {
    this.#columnCount = columnCount;
    const watched = new Set(processIds.map((processId) => processId | 0).filter((processId) => processId !== 0));
    this.count = FIRST_WATCHED + watched.size;
    let capacity = 64;
    while (capacity < watched.size * 4) capacity *= 2;
    this.#processIds = new Int32Array(capacity);
    this.#firstCells = new Int32Array(capacity).fill(UNWATCHED * columnCount);
    [...watched].forEach((processId, index) => {
      const place = this.#placeOf(processId);
      this.#processIds[place] = processId;
      this.#firstCells[place] = (FIRST_WATCHED + index) * columnCount;
    });
  }

  firstCellOf(processId: number): number {
    return processId === 0 ? UNOWNED * this.#columnCount : (this.#firstCells[this.#placeOf(processId)] ?? 0);
  }

  #placeOf(processId: number): number {
    const processIds = this.#processIds;
    const mask = processIds.length - 1;
    // Windows counts process ids in fours.
    let place = ((processId >>> 2) ^ (processId >>> 9)) & mask;
    while (processIds[place] !== 0 && processIds[place] !== processId) place = (place + 1) & mask;
    return place;
  }
}

/** Tells the server's own services from clients at the far end of a connection that stays on this computer. */
export class OwnEnds {
  readonly #processIds: ReadonlySet<number>;
  readonly #ports = new Uint8Array(PORTS);

  constructor(own: OwnServices) {
    this.#processIds = new Set(own.processIds.map((processId) => processId | 0));
    for (const port of own.ports) this.#ports[port] = 1;
  }

  /** By the process that owns the far end; where that is not given (0), by the far end's port. */
  has(owner: number, port: number): boolean {
    return owner === 0 ? this.#ports[port] === 1 : this.#processIds.has(owner);
  }
}
