import { win32 } from 'node:path';

import { declareFunctions, DWORD, POINTER, TEXT, type Signature } from '../koffi/declare-functions.js';

interface DriveFunctions {
  readonly GetDriveTypeW: (root: string) => number;
  readonly QueryDosDeviceW: (device: string, path: Buffer, characters: number) => number;
}

const SIGNATURES: Readonly<Record<keyof DriveFunctions, Signature>> = {
  GetDriveTypeW: ['kernel32.dll', DWORD, TEXT],
  QueryDosDeviceW: ['kernel32.dll', DWORD, TEXT, POINTER, DWORD],
};

/** `DRIVE_REMOTE` (fileapi.h). */
const DRIVE_REMOTE = 4;
const MAX_PATH = 260;

/** Before the target of a letter that `subst` made (Microsoft, "DefineDosDeviceW"): it is there in the session of who made it only. */
const SUBSTITUTED = '\\??\\';

/**
 * Where a folder is: on this computer (`local`), on a drive letter that belongs to a session (`mapped`, also by `subst`), or on another
 * computer (`remote`).
 */
export type DriveKind = 'local' | 'mapped' | 'remote';

/** Asks Windows where a folder is. @param path absolute */
export type ReadDriveKind = (path: string) => DriveKind;

/** @throws ProblemError native-library-missing */
export async function openDriveKind(): Promise<ReadDriveKind> {
  return driveKindBy(await declareFunctions<DriveFunctions>(SIGNATURES));
}

/** The same with the functions given: Wine has no mapped drives to try it on. */
export function driveKindBy({ GetDriveTypeW, QueryDosDeviceW }: DriveFunctions): ReadDriveKind {
  return (path) => {
    const { root } = win32.parse(path.replace(/^\\\\\?\\(?!UNC\\)/i, ''));
    if (root.startsWith('\\\\')) return 'remote';
    if (GetDriveTypeW(root) === DRIVE_REMOTE) return 'mapped';
    const target = Buffer.alloc((MAX_PATH + 1) * 2);
    const length = QueryDosDeviceW(root.slice(0, 2), target, MAX_PATH + 1);
    return target.toString('utf16le', 0, length * 2).startsWith(SUBSTITUTED) ? 'mapped' : 'local';
  };
}
