import type { Computer } from '../contract/computer.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { ReadRun } from '../contract/read-run.js';
import type { Run } from '../contract/run.js';
import { findTailLoss, tailLostProblem, type TailLoss } from './lost-tail.js';
import type { EngineParts } from './parts.js';

/** A run that was read whole, so that it can be gone on with. */
export interface OpenRun {
  /** As the records gave it out: what they need to go on with it. */
  readonly read: ReadRun;
  readonly run: Run;
  /** Null but on the way back. */
  readonly lost: TailLoss | null;
}

/** The open run, null if there is none. @throws ProblemError record-damaged, record-newer, record-of-other-computer, record-tail-lost */
export async function findOpenRun(parts: EngineParts): Promise<OpenRun | null> {
  const open = await findRunToBringBack(parts);
  if (open !== null && open.lost !== null) throw new ProblemError(tailLostProblem(parts, open.read, open.lost));
  return open;
}

/**
 * The open run, also where its record lost its tail: the way back needs the originals only.
 * @throws ProblemError record-damaged, record-newer, record-of-other-computer
 */
export async function findRunToBringBack(parts: EngineParts): Promise<OpenRun | null> {
  const open = requireWhole(parts.records.findOpen(), await parts.host.computer());
  return open === null ? null : { ...open, lost: await findTailLoss(parts, open.read, open.run) };
}

/** @throws ProblemError record-damaged, record-newer, record-of-other-computer */
export function requireWhole(read: ReadRun | null, computer: Computer): Omit<OpenRun, 'lost'> | null {
  if (read === null) return null;
  const { run, damage, path } = read;
  if (damage !== null) throw new ProblemError(damage);
  if (run === null) throw new ProblemError(problem('record-damaged', { path, line: 1 }));
  if (run.computerName.toUpperCase() !== computer.name.toUpperCase() || run.source !== computer.source) {
    throw new ProblemError(problem('record-of-other-computer', { computer: run.computerName, source: run.source }));
  }
  return { read, run };
}
