import { join } from 'node:path';

import { isFullName } from '../../contract/settings.js';
import { isText, isTimestamp, listOf, object, type Shape } from '../../core/record/shape.js';
import type { FolderProtection } from '../../ports/folder-protection.js';
import type { MembersMemory, ToldMembers } from '../../ports/pool-information.js';
import { KeptFile } from './kept-file.js';

/** A pool of a hundred servers has less. */
const MAX_BYTES = 32_768;

const isName: Shape<string> = (value): value is string => typeof value === 'string' && isFullName(value);
const isStored = object<ToldMembers>({ fqdn: isName, members: listOf(isName), own: isText, toldAt: isTimestamp });

/**
 * `pool-members.json` in the data folder. Every computer named in it is asked for its services under this account, so what others could
 * have written is not read. Only full names are kept: nothing else is the name of a server in a topology.
 */
export function createMembersFile(folder: string, protection: FolderProtection): MembersMemory {
  const file = new KeptFile(join(folder, 'pool-members.json'), protection, isStored, MAX_BYTES);
  return {
    read: () => file.read(),
    write: ({ fqdn, members, own, toldAt }) => file.write({ fqdn, members, own, toldAt }),
  };
}
