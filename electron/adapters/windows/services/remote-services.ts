import { spawn } from 'node:child_process';

import type { RemoteServices, RemoteTrouble } from '../../../contract/facts.js';
import { SERVICE_STATES, type ServiceState } from '../../../contract/service.js';
import type { RemoteServiceControl } from '../../../ports/pool-information.js';

/**
 * So long may one computer take. A call to one that is down blocks for longer: Windows tries for 20 s and more to connect. One that is up
 * answers in far less than a second.
 */
const DEADLINE_MS = 8_000;

/** Lync's services are called RTC…. */
const PREFIX = 'RTC';

/** A Windows with a thousand services of Lync is none. */
const MOST_BYTES = 64 << 10;

/**
 * What a computer may be called: nothing that the program, or Windows, would read as anything but a name (RFC 1123, with NetBIOS'
 * underscore).
 */
const NAME = /^[a-z\d]([\w-]*\w)?(\.[a-z\d]([\w-]*\w)?)*$/i;
const LONGEST_NAME = 255;

export interface RemoteServicesOptions {
  /** `native/remote-services/remote-services.c`, compiled, and what stands before its own arguments. */
  readonly program: string;
  readonly args: readonly string[];
  readonly deadlineMs?: number;
}

/**
 * The services of other computers, each through a process of its own (native/remote-services): a call over RPC cannot be cancelled, but
 * its process can be killed.
 */
export function createRemoteServices({ program, args, deadlineMs = DEADLINE_MS }: RemoteServicesOptions): RemoteServiceControl {
  return {
    readServices: (computer) => {
      if (!NAME.test(computer) || computer.length > LONGEST_NAME) return Promise.resolve(unknown('failed', 'not the name of a computer'));
      return ask({ program, args: [...args, computer, PREFIX], deadlineMs }, computer);
    },
  };
}

/** @returns what was printed within the deadline; the process has ended then, or was killed and is not waited for */
function ask({ program, args, deadlineMs }: Required<RemoteServicesOptions>, computer: string): Promise<RemoteServices> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    let printed = '';
    const end = (services: RemoteServices): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      // One that cannot be killed, because it is inside the kernel, must not keep our own process from ending.
      child.unref();
      child.stdout.destroy();
      resolve(services);
    };
    const timer = setTimeout(() => end(unknown('did-not-answer', `no answer in ${deadlineMs} ms`)), deadlineMs);
    child.once('error', (error) => end(unknown('failed', error.message)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.length > MOST_BYTES) end(unknown('failed', `${printed.length} characters instead of an answer`));
    });
    child.once('close', (code) => end(code === 0 ? readAnswer(printed, computer) : unknown('failed', `exit code ${code ?? 'unknown'}`)));
  });
}

/** By native/remote-services/remote-services.c. An answer without its end, or of another computer, is none. */
function readAnswer(printed: string, computer: string): RemoteServices {
  const [head, ...lines] = printed.split(/\r?\n/).filter((line) => line !== '');
  if (head !== `computer ${computer}`) return notUnderstood(head ?? '');
  const last = lines.pop() ?? '';
  const failure = /^failed (\w+) (\d+)$/.exec(last);
  if (failure !== null) return unknown(TROUBLES.get(Number(failure[2])) ?? 'failed', `${failure[1]}: ${failure[2]}`);
  if (last !== 'end') return notUnderstood(last);
  const states: Record<string, ServiceState> = {};
  for (const line of lines) {
    const [, name, number] = /^service (.+) (\d)$/.exec(line) ?? [];
    // `SERVICE_STOPPED` is 1 (winsvc.h).
    const state = SERVICE_STATES[Number(number) - 1];
    if (name === undefined || state === undefined) return notUnderstood(line);
    states[name] = state;
  }
  return { kind: 'read', states };
}

/** Errors of winerror.h that say more than that it failed. */
const TROUBLES: ReadonlyMap<number, RemoteTrouble> = new Map([
  [5, 'access-denied'], // ERROR_ACCESS_DENIED
  [1311, 'access-denied'], // ERROR_NO_LOGON_SERVERS
  [1326, 'access-denied'], // ERROR_LOGON_FAILURE
  [51, 'unreachable'], // ERROR_REM_NOT_LIST
  [53, 'unreachable'], // ERROR_BAD_NETPATH
  [64, 'unreachable'], // ERROR_NETNAME_DELETED
  [121, 'unreachable'], // ERROR_SEM_TIMEOUT
  [1231, 'unreachable'], // ERROR_NETWORK_UNREACHABLE
  [1722, 'unreachable'], // RPC_S_SERVER_UNAVAILABLE
  [1726, 'unreachable'], // RPC_S_CALL_FAILED
  [1753, 'unreachable'], // EPT_S_NOT_REGISTERED
]);

function notUnderstood(line: string): RemoteServices {
  return unknown('failed', `not an answer: ${JSON.stringify(line.slice(0, 80))}`);
}

function unknown(reason: RemoteTrouble, raw: string): RemoteServices {
  return { kind: 'unknown', reason, raw };
}
