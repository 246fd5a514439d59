import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a second part, after the next sign-in, must know of the first. */
export interface FirstPart {
  readonly at: string;
  /** Of `Machine`. */
  readonly bootedAtMs: number;
  readonly signIn: string;
}

/** What the kit has put on this machine, written before it does: the next start can take it away when this one was ended. */
export interface KitState {
  readonly services: readonly string[];
  readonly eventSource: boolean;
  /** Windows starts the second part at the next sign-in. */
  readonly runOnce: boolean;
  readonly firstPart: FirstPart | null;
}

export const NOTHING_DONE: KitState = { services: [], eventSource: false, runOnce: false, firstPart: null };

/** Null if there is none, or none that can be read. */
export function readState(path: string): KitState | null {
  try {
    return { ...NOTHING_DONE, ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<KitState>) };
  } catch {
    return null;
  }
}

export function writeState(path: string, state: KitState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.unfinished`, JSON.stringify(state));
  renameSync(`${path}.unfinished`, path);
}
