import { type MachineFunctions, loadMachineFunctions } from './machine-functions.js';
import { lastFailure } from './process-token.js';

/** `ComputerNamePhysicalDnsHostname` (sysinfoapi.h): also on a node of a cluster the computer's own name, whatever variables say. */
const PHYSICAL_DNS_HOST_NAME = 5;

/** A label of a DNS name has 63 characters at most. */
const NAME_CHARACTERS = 256;

/**
 * This computer's name. Not from Node: its `os.hostname` calls `GetHostNameW`, which Windows has from version 8 on.
 * @throws ProblemError native-library-missing, or as the call fails
 */
export async function readComputerName(): Promise<string> {
  return computerNameBy(await loadMachineFunctions());
}

/** @throws ProblemError */
export function computerNameBy(functions: MachineFunctions): string {
  const [name, characters] = [Buffer.alloc(NAME_CHARACTERS * 2), Buffer.alloc(4)];
  characters.writeUInt32LE(NAME_CHARACTERS);
  if (functions.GetComputerNameExW(PHYSICAL_DNS_HOST_NAME, name, characters) === 0) throw lastFailure(functions, 'GetComputerNameExW');
  return name.toString('utf16le', 0, characters.readUInt32LE() * 2);
}
