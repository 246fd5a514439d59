import { problem, ProblemError } from '../../../contract/problem.js';
import type { SignedInSession } from '../../../contract/signed-in.js';
import { BOOL, declareFunctions, DWORD, HANDLE, LONG, POINTER, type Signature } from '../koffi/declare-functions.js';
import { callAsync, loadKoffi, type NativeFunction } from '../koffi/load-koffi.js';

/** The functions of Windows that are needed, with its memory copied and given back. */
export interface SessionFunctions {
  /** `ProcessIdToSessionId` of this process; null if it fails. */
  readonly ownSession: () => number | null;
  /** `WTSEnumerateSessionsW`: the array of `WTS_SESSION_INFOW`; null if it fails. */
  readonly sessions: () => Promise<Buffer | null>;
  /** `WTSQuerySessionInformationW`: what it says of a session; null if it fails. */
  readonly about: (sessionId: number, infoClass: number) => Promise<Buffer | null>;
}

/** `WTS_SESSION_INFOW` of 64 bits (wtsapi32.h): a session id, a pointer to the station's name, a state. */
const SESSION = { id: 0, state: 16, size: 24 };
/** Of `WTS_CONNECTSTATE_CLASS`. */
const WTS_DISCONNECTED = 4;
/** Of `WTS_INFO_CLASS`. */
const ABOUT = { userName: 5, stationName: 6, domainName: 7 };

/**
 * The sessions other than ours in which people are signed in. Session 0 (services), listeners and logon screens have no user.
 * @throws ProblemError signed-in-unreadable
 */
export async function readOthersSignedIn(functions: SessionFunctions): Promise<readonly SignedInSession[]> {
  // A session that ends between the two questions cannot be asked any more: then all is asked once more.
  const others = (await tryToRead(functions)) ?? (await tryToRead(functions));
  if (others === null) throw new ProblemError(problem('signed-in-unreadable'));
  return others;
}

async function tryToRead(functions: SessionFunctions): Promise<readonly SignedInSession[] | null> {
  const own = functions.ownSession();
  const list = await functions.sessions();
  if (list === null) return null;
  const others: SignedInSession[] = [];
  let isOwnThere = false;
  for (let at = 0; at + SESSION.size <= list.length; at += SESSION.size) {
    const sessionId = list.readUInt32LE(at + SESSION.id);
    isOwnThere ||= sessionId === own;
    if (sessionId === own) continue;
    const [user, domain, station] = [
      await readText(functions, sessionId, ABOUT.userName),
      await readText(functions, sessionId, ABOUT.domainName),
      await readText(functions, sessionId, ABOUT.stationName),
    ];
    if (user === null || domain === null || station === null) return null;
    if (user === '') continue;
    const isDisconnected = list.readUInt32LE(at + SESSION.state) === WTS_DISCONNECTED;
    others.push({ sessionId, user: domain === '' ? user : `${domain}\\${user}`, station, isDisconnected });
  }
  // A list without ourselves does not show everybody (Wine's is empty).
  return isOwnThere ? others : null;
}

async function readText(functions: SessionFunctions, sessionId: number, infoClass: number): Promise<string | null> {
  const text = await functions.about(sessionId, infoClass);
  return text === null ? null : (text.toString('utf16le').split('\0', 1)[0] ?? '');
}

interface TerminalFunctions {
  readonly ProcessIdToSessionId: (processId: number, sessionId: Buffer) => number;
  readonly WTSEnumerateSessionsW: NativeFunction;
  readonly WTSQuerySessionInformationW: NativeFunction;
  readonly WTSFreeMemory: (memory: bigint) => void;
}

const SIGNATURES: Readonly<Record<keyof TerminalFunctions, Signature>> = {
  ProcessIdToSessionId: ['kernel32.dll', BOOL, DWORD, POINTER],
  WTSEnumerateSessionsW: ['wtsapi32.dll', BOOL, HANDLE, DWORD, DWORD, POINTER, POINTER],
  WTSQuerySessionInformationW: ['wtsapi32.dll', BOOL, HANDLE, DWORD, LONG, POINTER, POINTER],
  WTSFreeMemory: ['wtsapi32.dll', 'void', HANDLE],
};

/**
 * Loads wtsapi32.dll from Windows' own folder. Its calls run on other threads: they wait for the Remote Desktop service, which may hang.
 * A failure has no number: all that is said of it is that the list cannot be read.
 * @throws ProblemError native-library-missing
 */
export async function loadSessionFunctions(systemFolder: string): Promise<SessionFunctions> {
  const koffi = await loadKoffi();
  const windows = await declareFunctions<TerminalFunctions>(SIGNATURES, systemFolder);

  /** @param bytesEach what each of the answer's counted parts takes */
  const read = async (bytesEach: number, call: (memory: Buffer, count: Buffer) => Promise<number>): Promise<Buffer | null> => {
    const [memory, count] = [Buffer.alloc(8), Buffer.alloc(4)];
    if ((await call(memory, count)) === 0) return null;
    const address = memory.readBigUInt64LE();
    try {
      const bytes = count.readUInt32LE() * bytesEach;
      return bytes === 0 ? Buffer.alloc(0) : Buffer.from(koffi.decode(address, 'uint8', bytes) as Uint8Array);
    } finally {
      windows.WTSFreeMemory(address);
    }
  };
  return {
    ownSession: () => {
      const sessionId = Buffer.alloc(4);
      return windows.ProcessIdToSessionId(process.pid, sessionId) === 0 ? null : sessionId.readUInt32LE();
    },
    sessions: () => read(SESSION.size, (memory, count) => callAsync<number>(windows.WTSEnumerateSessionsW, 0, 0, 1, memory, count)),
    about: (sessionId, infoClass) =>
      read(1, (memory, count) => callAsync<number>(windows.WTSQuerySessionInformationW, 0, sessionId, infoClass, memory, count)),
  };
}
