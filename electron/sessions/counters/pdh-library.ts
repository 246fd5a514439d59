/** Handles are what PDH gave out; 0 is never one. */
export type PdhHandle = bigint;

/** The calls of pdh.dll that reading counters takes. Statuses are PDH's own (pdhmsg.h), 0 for success. */
export interface PdhLibrary {
  openQuery(): { readonly status: number; readonly query: PdhHandle };

  /** May load the performance library of the counter's maker, and wait for it. */
  addEnglishCounter(query: PdhHandle, path: string): Promise<{ readonly status: number; readonly counter: PdhHandle }>;

  /** Takes one sample of every counter of the query. */
  collect(query: PdhHandle): Promise<number>;

  /** The sample as a whole number, without scaling. `counterStatus` is the data's own status. */
  formatValue(counter: PdhHandle): { readonly status: number; readonly counterStatus: number; readonly value: bigint };

  /** Closes the query with its counters. */
  closeQuery(query: PdhHandle): void;
}
