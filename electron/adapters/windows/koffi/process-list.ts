import { ProblemError } from '../../../contract/problem.js';
import { win32Failure } from '../../../contract/win32-problem.js';
import type { MachineFunctions } from './machine-functions.js';
import { NativeMemory } from './native-memory.js';

/*
 * `SYSTEM_PROCESS_INFORMATION`, which `NtQuerySystemInformation` fills for every process and for every caller. winternl.h names
 * the fields only in part; MS-TSTS (2.2.2.15.1) has them all, and they have stood at these places since Windows NT.
 */
const ENTRY = { nextEntry: 0, creationTime: 32, nameBytes: 56, name: 64, processId: 80, parentId: 88, sessionId: 100, size: 104 };

/** `SystemProcessInformation`. */
const SYSTEM_PROCESS_INFORMATION = 5;
const STATUS_INFO_LENGTH_MISMATCH = 0xc000_0004;

/** Room for a thousand processes at first. */
const LIST_BYTES = { first: 1 << 19, limit: 1 << 26 };

/** The kernel's own process; it creates the session manager, and nothing else of that name. */
const SYSTEM_PROCESS_ID = 4;

/** All processes of this computer. @throws ProblemError as the call fails, or if the list outgrows the limit */
export function listProcesses(functions: MachineFunctions): NativeMemory {
  const operation = 'NtQuerySystemInformation';
  const list = new NativeMemory(operation, LIST_BYTES.first, LIST_BYTES.limit, functions.addressOf);
  for (;;) {
    const status = functions.NtQuerySystemInformation(SYSTEM_PROCESS_INFORMATION, list.bytes, list.size, Buffer.alloc(4));
    if (status === 0) return list;
    if (status !== STATUS_INFO_LENGTH_MISMATCH || !list.grow(0)) throw win32Failure(status, operation);
  }
}

/** When a process was created (a FILETIME, as `GetProcessTimes` has it), or null when it is not in the list. */
export function findCreationTime(list: NativeMemory, processId: number): bigint | null {
  for (const at of entriesOf(list)) if (processIdAt(list, at + ENTRY.processId) === processId) return creationTimeAt(list, at);
  return null;
}

/**
 * `Computer.bootId`: the session manager, which the kernel starts first and which lives as long as Windows runs, else
 * `wininit.exe`. Windows writes a creation time once, and no clock that is set moves it.
 * @returns null where neither is there exactly once (Wine has neither), and where the list is refused: both clocks tell a restart then
 */
export function readBootId(functions: MachineFunctions): string | null {
  try {
    return findBootId(listProcesses(functions));
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function findBootId(list: NativeMemory): string | null {
  const [managers, initializers]: [number[], number[]] = [[], []];
  for (const at of entriesOf(list)) {
    if (list.number(at + ENTRY.sessionId) !== 0) continue;
    const name = nameAt(list, at);
    if (name === 'smss.exe' && processIdAt(list, at + ENTRY.parentId) === SYSTEM_PROCESS_ID) managers.push(at);
    if (name === 'wininit.exe') initializers.push(at);
  }
  return bootIdOf(list, managers) ?? bootIdOf(list, initializers);
}

function bootIdOf(list: NativeMemory, [at, ...others]: readonly number[]): string | null {
  if (at === undefined || others.length > 0) return null;
  const created = creationTimeAt(list, at);
  return created === 0n ? null : `${nameAt(list, at)} ${created}`;
}

/** Where each process begins in the list. */
function* entriesOf(list: NativeMemory): Generator<number> {
  for (let at = 0; at + ENTRY.size <= list.size;) {
    yield at;
    const next = list.number(at + ENTRY.nextEntry);
    if (next === 0) return;
    at += next;
  }
}

function creationTimeAt(list: NativeMemory, at: number): bigint {
  return list.bytes.readBigInt64LE(at + ENTRY.creationTime);
}

/** The low half of a `HANDLE`: no process id is longer. */
function processIdAt(list: NativeMemory, at: number): number {
  return list.number(at);
}

/** A `UNICODE_STRING`, whose end no zero need mark; in small letters. The idle process has none. */
function nameAt(list: NativeMemory, at: number): string {
  const start = list.pointer(at + ENTRY.name);
  if (start === null) return '';
  return list.bytes.toString('utf16le', start, start + list.bytes.readUInt16LE(at + ENTRY.nameBytes)).toLowerCase();
}
