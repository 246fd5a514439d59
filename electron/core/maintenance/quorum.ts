/**
 * Front End servers of a pool that must run for the pool to function. Two tables by Microsoft disagree ("Planning for
 * Front End pools" in its older and newer form); the stricter of the two is taken.
 * @returns null for a pool larger than the tables
 */
export function requiredToFunction(members: number): number | null {
  const row = TABLE[members - 1];
  return row === undefined ? null : Math.max(...row.toFunction);
}

/** What the other, milder table says; null if both say the same, or nothing. */
export function milderRequirement(members: number): number | null {
  const row = TABLE[members - 1];
  if (row === undefined) return null;
  const [newer, older] = row.toFunction;
  return newer === older ? null : Math.min(newer, older);
}

/**
 * Front End servers that must run before a pool that stopped as a whole starts again (newer form of the same page; a cold start of 2
 * or 3 needs all of them, as the management pack says).
 * @returns null for a pool larger than the table
 */
export function requiredForFirstStart(members: number): number | null {
  return TABLE[members - 1]?.firstStart ?? null;
}

interface QuorumRow {
  /** By the newer table, and by the older one. */
  readonly toFunction: readonly [newer: number, older: number];
  readonly firstStart: number;
}

/**
 * For 1 to 12 members. Of 8 or 9, the newer table counts the first seven alone, of 10 to 12 the first nine: which these are is not to be
 * seen from outside, so any member counts.
 */
const TABLE: readonly QuorumRow[] = [
  { toFunction: [1, 1], firstStart: 1 },
  { toFunction: [1, 1], firstStart: 2 },
  { toFunction: [2, 2], firstStart: 3 },
  { toFunction: [2, 2], firstStart: 3 },
  { toFunction: [3, 3], firstStart: 4 },
  { toFunction: [3, 3], firstStart: 5 },
  { toFunction: [4, 4], firstStart: 5 },
  { toFunction: [4, 4], firstStart: 6 },
  { toFunction: [4, 5], firstStart: 7 },
  { toFunction: [5, 5], firstStart: 8 },
  { toFunction: [5, 6], firstStart: 9 },
  { toFunction: [5, 6], firstStart: 10 },
];
