/**
 * Front End servers of a pool that must run for the pool to function. Two tables by Microsoft disagree ("Planning for
 * Front End pools" in its older and newer form); the stricter of the two is taken.
 * @returns null for a pool larger than the tables
 */
export function requiredToFunction(members: number): number | null {
  return REQUIRED[members - 1] ?? null;
}

/** For 1 to 12 members. */
const REQUIRED: readonly number[] = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];
