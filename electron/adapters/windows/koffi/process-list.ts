/*
 * `SYSTEM_PROCESS_INFORMATION`, which `NtQuerySystemInformation` fills for every process whoever asks. winternl.h names
 * the fields we need only in part; the creation time has stood at this place since Windows NT.
 */
const ENTRY = { nextEntry: 0, creationTime: 32, processId: 80, size: 88 };

/** `SystemProcessInformation`. */
export const SYSTEM_PROCESS_INFORMATION = 5;

/** When a process was created (a FILETIME, as `GetProcessTimes` has it), or null when it is not in the list. */
export function findCreationTime(list: Buffer, processId: number): bigint | null {
  for (let at = 0; at + ENTRY.size <= list.length;) {
    if (list.readBigUInt64LE(at + ENTRY.processId) === BigInt(processId)) return list.readBigInt64LE(at + ENTRY.creationTime);
    const next = list.readUInt32LE(at + ENTRY.nextEntry);
    if (next === 0) return null;
    at += next;
  }
  return null;
}
