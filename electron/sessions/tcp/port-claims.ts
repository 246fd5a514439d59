import type { OwnServices, TcpWatch } from '../evidence-sources.js';

const PORTS = 65_536;

/** Rows of cells: connections without an owner, those of processes nobody watches, then one row for each watched process. */
const UNOWNED = 0;
const UNWATCHED = 1;
const FIRST_WATCHED = 2;

/** Column of cells for all ports that no watched service names. */
const UNNAMED_PORT = 0;

/** Connections without an owner on a port that no service names: they may belong to any service without ports. */
export const STRAY_CELL = 0;

/**
 * Says which connections speak for which watched service. Connections fall into cells, one for each pair of a process
 * and a port that a watched service names, so that one look at a row is enough however many services there are; a
 * service's count is the sum of its cells.
 */
export class PortClaims {
  /** 1 for each cell that counts for a service. */
  readonly isClaimed: Uint8Array;
  private readonly columns = new Uint16Array(PORTS);
  private readonly columnCount: number;
  private readonly rows: ProcessRows;
  private readonly cells: ReadonlyMap<string, readonly number[]>;

  constructor(private readonly watches: readonly TcpWatch[]) {
    const ports = [...new Set(watches.flatMap((watch) => watch.ports))];
    this.columnCount = ports.length + 1;
    ports.forEach((port, index) => (this.columns[port] = index + 1));
    this.rows = new ProcessRows(watches.map((watch) => watch.processId), this.columnCount);
    this.isClaimed = new Uint8Array(this.rows.count * this.columnCount);
    this.cells = new Map(watches.map((watch) => [watch.serviceName, this.claim(watch)]));
    for (const cells of this.cells.values()) for (const cell of cells) this.isClaimed[cell] = 1;
    if (watches.some((watch) => watch.ports.length === 0)) this.isClaimed[STRAY_CELL] = 1;
  }

  /** The cell of a connection, by its owner (0: none) and its local port. */
  cellAt(owner: number, port: number): number {
    return this.rows.firstCellOf(owner) + (this.columns[port] ?? UNNAMED_PORT);
  }

  /** The cells that count for a service. */
  cellsOf(serviceName: string): readonly number[] {
    return this.cells.get(serviceName) ?? [];
  }

  /**
   * With ports: these ports of its process, and of nobody where the owner is not
   * given; of anybody while the service has no process. Without ports: its whole process, but for the ports that another
   * service in the same process names.
   */
  private claim({ processId, ports }: TcpWatch): readonly number[] {
    const every = Array.from({ length: this.rows.count }, (_, row) => row * this.columnCount);
    const columns = ports.length > 0 ? ports.map((port) => this.columns[port] ?? UNNAMED_PORT) : this.columnsLeftBy(processId);
    const own = this.rows.firstCellOf(processId | 0);
    const firstCells = ports.length === 0 ? [own] : processId === 0 ? every : [STRAY_CELL, own];
    return firstCells.flatMap((firstCell) => columns.map((column) => firstCell + column));
  }

  private columnsLeftBy(processId: number): readonly number[] {
    const inSameProcess = this.watches.filter((watch) => watch.processId === processId);
    const taken = new Set(inSameProcess.flatMap((watch) => watch.ports.map((port) => this.columns[port])));
    return Array.from({ length: this.columnCount }, (_, column) => column).filter((column) => !taken.has(column));
  }
}

/** The row of cells of each process: a hash table in typed arrays, asked once for every connection. */
class ProcessRows {
  readonly count: number;
  private readonly processIds: Int32Array;
  private readonly firstCells: Int32Array;

  constructor(
    processIds: readonly number[],
    private readonly columnCount: number,
  ) {
    const watched = new Set(processIds.map((processId) => processId | 0).filter((processId) => processId !== 0));
    this.count = FIRST_WATCHED + watched.size;
    let capacity = 64;
    while (capacity < watched.size * 4) capacity *= 2;
    this.processIds = new Int32Array(capacity);
    this.firstCells = new Int32Array(capacity).fill(UNWATCHED * columnCount);
    [...watched].forEach((processId, index) => {
      const place = this.placeOf(processId);
      this.processIds[place] = processId;
      this.firstCells[place] = (FIRST_WATCHED + index) * columnCount;
    });
  }

  firstCellOf(processId: number): number {
    return processId === 0 ? UNOWNED * this.columnCount : (this.firstCells[this.placeOf(processId)] ?? 0);
  }

  private placeOf(processId: number): number {
    const { processIds } = this;
    const mask = processIds.length - 1;
    // Windows counts process ids in fours.
    let place = ((processId >>> 2) ^ (processId >>> 9)) & mask;
    while (processIds[place] !== 0 && processIds[place] !== processId) place = (place + 1) & mask;
    return place;
  }
}

/** Tells the server's own services from clients at the far end of a connection that stays on this computer. */
export class OwnEnds {
  private readonly processIds: ReadonlySet<number>;
  private readonly ports = new Uint8Array(PORTS);

  constructor(own: OwnServices) {
    this.processIds = new Set(own.processIds.map((processId) => processId | 0));
    for (const port of own.ports) this.ports[port] = 1;
  }

  /** By the process that owns the far end; where that is not given (0), by the far end's port. */
  has(owner: number, port: number): boolean {
    return owner === 0 ? this.ports[port] === 1 : this.processIds.has(owner);
  }
}
