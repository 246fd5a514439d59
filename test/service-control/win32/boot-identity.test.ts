import { describe, expect, it } from 'vitest';

import type { MachineFunctions } from '../../../electron/adapters/windows/koffi/machine-functions.js';
import { findCreationTime, listProcesses, readBootId } from '../../../electron/adapters/windows/koffi/process-list.js';

const BASE = 0x7000_0000;
const ENTRY_BYTES = 256;
const STATUS_INFO_LENGTH_MISMATCH = 0xc0000004;

interface Process {
  readonly name?: string;
  readonly id: number;
  readonly parent?: number;
  readonly session?: number;
  readonly created: bigint;
}

/** The list as Windows writes it (MS-TSTS, 2.2.2.15.1): each entry followed by its name, which ends with no zero. */
function listOf(processes: readonly Process[], bytes: Buffer, base: number): void {
  bytes.fill(0xcc);
  processes.forEach((one, index) => {
    const at = index * ENTRY_BYTES;
    bytes.fill(0, at, at + 104);
    bytes.writeUInt32LE(index + 1 < processes.length ? ENTRY_BYTES : 0, at);
    bytes.writeBigInt64LE(one.created, at + 32);
    const name = Buffer.from(one.name ?? '', 'utf16le');
    name.copy(bytes, at + 128);
    bytes.writeUInt16LE(name.length, at + 56);
    bytes.writeBigUInt64LE(name.length === 0 ? 0n : BigInt(base + at + 128), at + 64);
    bytes.writeBigUInt64LE(BigInt(one.id), at + 80);
    bytes.writeBigUInt64LE(BigInt(one.parent ?? 0), at + 88);
    bytes.writeUInt32LE(one.session ?? 0, at + 100);
  });
}

/** Windows, whose list of processes a test sets. */
function windowsWith(query: (bytes: Buffer) => number): MachineFunctions {
  return { addressOf: () => BASE, NtQuerySystemInformation: (_: number, bytes: Buffer) => query(bytes) } as unknown as MachineFunctions;
}

function windowsOf(processes: readonly Process[]): MachineFunctions {
  return windowsWith((bytes) => {
    listOf(processes, bytes, BASE);
    return 0;
  });
}

const IDLE: Process = { id: 0, created: 0n };
const SYSTEM: Process = { name: 'System', id: 4, created: 5n };
const MANAGER: Process = { name: 'smss.exe', id: 348, parent: 4, created: 134_083_152_000_000_000n };
const INITIALIZER: Process = { name: 'wininit.exe', id: 520, parent: 440, created: 134_083_152_100_000_000n };
const APP: Process = { name: 'RTCSrv.exe', id: 2_104, parent: 640, created: 134_083_200_000_000_000n };
const BOOT = 'smss.exe 134083152000000000';

describe('the identity of a start of Windows', () => {
  it('is the creation time of the session manager that the kernel started', () => {
    expect(readBootId(windowsOf([IDLE, SYSTEM, MANAGER, INITIALIZER, APP]))).toBe(BOOT);
    expect(readBootId(windowsOf([IDLE, SYSTEM, { ...MANAGER, name: 'SMSS.EXE' }, APP]))).toBe(BOOT);
  });

  it('is not taken from a program that only has the name', () => {
    const named = { ...MANAGER, id: 9_000, parent: 2_104, created: 7n };
    expect(readBootId(windowsOf([SYSTEM, named, MANAGER]))).toBe(BOOT);
    expect(readBootId(windowsOf([SYSTEM, named]))).toBeNull();
    expect(readBootId(windowsOf([SYSTEM, { ...INITIALIZER, session: 2 }]))).toBeNull();
  });

  it('is that of wininit where there is no session manager in the list, and of nothing where there are two', () => {
    expect(readBootId(windowsOf([IDLE, INITIALIZER, APP]))).toBe('wininit.exe 134083152100000000');
    expect(readBootId(windowsOf([INITIALIZER, { ...INITIALIZER, id: 521 }]))).toBeNull();
    expect(readBootId(windowsOf([IDLE, SYSTEM, APP]))).toBeNull();
  });

  it('leaves the processes in the list as they were found', () => {
    const list = listProcesses(windowsOf([IDLE, SYSTEM, MANAGER, APP]));
    expect([findCreationTime(list, APP.id), findCreationTime(list, 77)]).toEqual([APP.created, null]);
  });

  it('is read into as much memory as the list takes', () => {
    const sizes: number[] = [];
    const growing = windowsWith((bytes) => {
      sizes.push(bytes.length);
      if (sizes.length < 3) return STATUS_INFO_LENGTH_MISMATCH;
      listOf([SYSTEM, MANAGER], bytes, BASE);
      return 0;
    });
    expect(readBootId(growing)).toBe(BOOT);
    expect(sizes).toEqual([1 << 19, 1 << 20, 1 << 21]);
  });

  it('is unknown, and no failure, where Windows refuses the list or always wants more room', () => {
    for (const status of [0xc0000022, STATUS_INFO_LENGTH_MISMATCH]) expect(readBootId(windowsWith(() => status))).toBeNull();
  });
});
