import { readFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { join } from 'node:path';

import { compileNative } from './native.js';
import { type NewService, SERVICE_RUNNING, type ScmWitness } from './scm-witness.js';
import type { WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const SOURCE = 'test/harness/windows/native/session-service.c';

/** What a start or a control does; the meaning of each is in native/session-service.c. */
export type How = 'normal' | 'never' | 'stop' | 'crash' | `${'slow' | 'late' | 'block'}:${number}` | `${'refuse' | 'specific'}:${number}`;

export interface SessionServiceOptions extends Omit<NewService, 'binary'> {
  /** Port on 127.0.0.1 where it takes sessions; none when left out. */
  readonly port?: number;
  readonly onStart?: How;
  readonly onPause?: How;
  readonly onContinue?: How;
  readonly isNotPausable?: boolean;
  readonly keepsListening?: boolean;
  readonly resumesAfterMs?: number;
  readonly crashesAfterMs?: number;
}

/** One event of a session service's log. */
export interface ServiceEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: 'started' | 'paused' | 'continued' | 'stopped' | 'crashed' | 'accepted' | 'closed' | 'listen-failed';
  /** The client's port, for `accepted` and `closed`. */
  readonly peer: number;
  /** How many sessions there were when it was written. */
  readonly sessions: number;
}

/** A service that carries sessions, installed on a server; it is not started. */
export class SessionService {
  readonly serviceName: string;
  readonly port: number;
  readonly #witness: ScmWitness;
  /** The file that its events go to, as we see it. */
  readonly log: string;

  private constructor(witness: ScmWitness, serviceName: string, port: number, log: string) {
    this.#witness = witness;
    this.serviceName = serviceName;
    this.port = port;
    this.log = log;
  }

  static async install(server: WindowsServer, options: SessionServiceOptions): Promise<SessionService> {
    const log = join(server.folder, `${encodeURIComponent(options.serviceName)}.log`);
    const binary = [windowsPath(await compileNative(SOURCE)), '--log', windowsPath(log), ...switches(options)].join(' ');
    await server.witness.create({ ...options, binary });
    return new SessionService(server.witness, options.serviceName, options.port ?? 0, log);
  }

  /** Starts it from outside and waits until it runs. */
  async start(): Promise<void> {
    await this.#witness.start(this.serviceName);
    await this.#witness.waitForState(this.serviceName, SERVICE_RUNNING);
  }

  /** Everything it did so far, oldest first. */
  async events(): Promise<readonly ServiceEvent[]> {
    const text = await readFile(this.log, 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ServiceEvent);
  }

  /** Opens a session. Rejects if no service listens. */
  openSession(): Promise<Session> {
    return Session.open(this.port);
  }
}

/** One session: a connection that a service carries until one end closes it. */
export class Session {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Resolves once the service itself answers; rejects if no service listens. */
  static open(port: number): Promise<Session> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        const session = new Session(socket);
        session.ping().then(() => resolve(session), reject);
      });
    });
  }

  /** Our end's port: `peer` in the service's events. */
  get localPort(): number {
    return this.#socket.localPort ?? 0;
  }

  /** Sends something and waits for its echo: rejects when the session was cut. */
  ping(): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        socket.off('data', onData).off('error', onEnd).off('close', onEnd);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onData = () => settle();
      const onEnd = (reason?: unknown) => settle(reason instanceof Error ? reason : new Error('the session was cut'));
      socket.on('data', onData).on('error', onEnd).on('close', onEnd);
      socket.write('ping');
    });
  }

  /** Ends the session from our side, in an orderly way. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.once('error', () => resolve());
      this.#socket.end();
    });
  }
}

function switches(options: SessionServiceOptions): readonly string[] {
  const { port, onStart, onPause, onContinue, isNotPausable, keepsListening, resumesAfterMs, crashesAfterMs } = options;
  const values = {
    '--port': port,
    '--on-start': onStart,
    '--on-pause': onPause,
    '--on-continue': onContinue,
    '--resume-after': resumesAfterMs,
    '--crash-after': crashesAfterMs,
  };
  return [
    ...Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)])),
    ...(isNotPausable === true ? ['--not-pausable'] : []),
    ...(keepsListening === true ? ['--keep-listening'] : []),
  ];
}
