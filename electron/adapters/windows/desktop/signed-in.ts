import { join } from 'node:path';

import { problem, ProblemError } from '../../../contract/problem.js';
import type { SignedInSession } from '../../../contract/signed-in.js';
import { callAsync, loadKoffi } from '../koffi/load-koffi.js';

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

/**
 * Loads wtsapi32.dll from Windows' own folder. Its calls run on other threads: they wait for the Remote Desktop service, which may hang.
 * That thread's last error is out of reach, so a failure has no number.
 * @throws ProblemError native-library-missing
 */
export async function loadSessionFunctions(systemFolder: string): Promise<SessionFunctions> {
  const koffi = await loadKoffi();
  const processIdToSessionId = koffi.load('kernel32.dll').func('__stdcall', 'ProcessIdToSessionId', 'int', ['uint32', 'void *']);
  const wtsapi32 = koffi.load(join(systemFolder, 'wtsapi32.dll'));
  const enumerateSessions = wtsapi32.func('__stdcall', 'WTSEnumerateSessionsW', 'int', [
    'uintptr_t',
    'uint32',
    'uint32',
    'void *',
    'void *',
  ]);
  const querySession = wtsapi32.func('__stdcall', 'WTSQuerySessionInformationW', 'int', ['uintptr_t', 'uint32', 'int', 'void *', 'void *']);
  const freeMemory = wtsapi32.func('__stdcall', 'WTSFreeMemory', 'void', ['uintptr_t']);

  /** @param bytesEach what each of the answer's counted parts takes */
  const read = async (bytesEach: number, call: (memory: Buffer, count: Buffer) => Promise<number>): Promise<Buffer | null> => {
    const [memory, count] = [Buffer.alloc(8), Buffer.alloc(4)];
    if ((await call(memory, count)) === 0) return null;
    const address = memory.readBigUInt64LE();
    try {
      const bytes = count.readUInt32LE() * bytesEach;
      return bytes === 0 ? Buffer.alloc(0) : Buffer.from(koffi.decode(address, 'uint8', bytes) as Uint8Array);
    } finally {
      freeMemory(address);
    }
  };
  return {
    ownSession: () => {
      const sessionId = Buffer.alloc(4);
      return (processIdToSessionId(process.pid, sessionId) as number) === 0 ? null : sessionId.readUInt32LE();
    },
    sessions: () => read(SESSION.size, (memory, count) => callAsync<number>(enumerateSessions, 0, 0, 1, memory, count)),
    about: (sessionId, infoClass) => read(1, (memory, count) => callAsync<number>(querySession, 0, sessionId, infoClass, memory, count)),
  };
}
