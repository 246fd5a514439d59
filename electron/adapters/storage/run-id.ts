import { randomBytes } from 'node:crypto';

/** `20261123-021405-7f3a`: sorts by time, tells two runs of one second apart, and is a safe file name everywhere. */
const RUN_ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

/** @param at UTC, ISO 8601 */
export function newRunId(at: string): string {
  const digits = at.replace(/\D/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${randomBytes(2).toString('hex')}`;
}

/** A run id may come from a command line; anything else must not reach a path. */
export function isRunId(text: string): boolean {
  return RUN_ID.test(text);
}
