import { BOOL, declareFunctions, POINTER, type Signature } from './declare-functions.js';
import { readSystemFolder } from './system-folder.js';

interface ProfileFunctions {
  readonly GetAllUsersProfileDirectoryW: (path: Buffer, characters: Buffer) => number;
}

const SIGNATURES: Readonly<Record<keyof ProfileFunctions, Signature>> = {
  GetAllUsersProfileDirectoryW: ['userenv.dll', BOOL, POINTER, POINTER],
};

const MAX_PATH = 260;

/**
 * Windows' folder for data of all users (`C:\ProgramData`), by `GetAllUsersProfileDirectoryW` (userenv.dll, which Node has loaded already)
 * and not by the variable: whoever sets that could have an open run forgotten.
 * @returns null if Windows does not say it
 * @throws ProblemError native-library-missing
 */
export async function readProgramData(): Promise<string | null> {
  const { GetAllUsersProfileDirectoryW } = await declareFunctions<ProfileFunctions>(SIGNATURES, await readSystemFolder());
  const [path, characters] = [Buffer.alloc((MAX_PATH + 1) * 2), Buffer.alloc(4)];
  characters.writeUInt32LE(MAX_PATH + 1);
  if (GetAllUsersProfileDirectoryW(path, characters) === 0) return null;
  return path.toString('utf16le').split('\0', 1)[0] ?? null;
}
