import { join } from 'node:path';

import type { GroupPlacement } from '../../../../ports/front-end-health.js';
import { runProgram } from '../../koffi/run-program.js';

/** A log of 100 MB is searched from its end: this is for one that is damaged, or a service that does not answer. */
const DEADLINE_MS = 10_000;
const LOG = 'Lync Server';
/** Of LS User Services: "Server startup is being delayed because fabric pool manager has not finished initial placement of users." */
const PLACEMENT_EVENT = 32_174;

/**
 * Reads the newest event 32174 with Windows' own wevtutil.exe, by its full path and without a shell: a query of the log is a call that
 * may block, and this one can be ended.
 * @param systemFolder where it is, as Windows says it
 * @param since as ISO 8601 in UTC
 * @returns null if there is none, or it cannot be read
 */
export async function readPlacementLog(systemFolder: string, since: string): Promise<GroupPlacement | null> {
  const query = `*[System[(EventID=${PLACEMENT_EVENT}) and TimeCreated[@SystemTime>='${since}']]]`;
  const args = ['query-events', LOG, `/query:${query}`, '/count:1', '/reversedirection:true', '/format:xml', '/unicode:true'];
  try {
    const options = { timeout: DEADLINE_MS, encoding: 'utf16le' } as const;
    return parsePlacement(await runProgram(join(systemFolder, 'wevtutil.exe'), args, options));
  } catch {
    // There is no such log, or no right to it: then nothing is known.
    return null;
  }
}

/**
 * The parameters of the event, in the order of its sentence: the group that is waited for, how many may not be placed, and how many
 * there are. The sentence itself is not in it, so its language does not matter.
 * @param xml of one event, as wevtutil writes it
 */
export function parsePlacement(xml: string): GroupPlacement | null {
  const data = [...xml.matchAll(/<Data(?:\s[^>]*)?>([^<]*)<\/Data>/g)].map(([, value = '']) => value.trim());
  // The group is a GUID; what is a whole number is a count.
  const counts = data.filter((value) => /^\d{1,6}$/.test(value)).map(Number);
  const [notPlaced, groups = null] = counts;
  if (notPlaced === undefined || (groups !== null && groups < notPlaced)) return null;
  return { notPlaced, groups };
}
