import { connect, type Socket } from 'node:net';

const ANSWER_MS = 5000;

/** A session: a connection that a service carries until one end closes it. */
export class Session {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
  }

  /** Null if no service takes it: nobody listens, or nobody answers. */
  static async open(port: number): Promise<Session | null> {
    const socket = connect(port, '127.0.0.1');
    const isConnected = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.once('connect', () => resolve(true));
    });
    const session = new Session(socket);
    return isConnected && (await session.isAlive()) ? session : null;
  }

  /** Sends something and waits for its echo. */
  isAlive(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isAlive: boolean): void => {
        clearTimeout(timer);
        this.#socket.off('data', onData).off('close', onEnd);
        resolve(isAlive);
      };
      const onData = (): void => settle(true);
      const onEnd = (): void => settle(false);
      const timer = setTimeout(onEnd, ANSWER_MS);
      if (this.#socket.destroyed) return settle(false);
      this.#socket.on('data', onData).on('close', onEnd);
      this.#socket.write('ping');
    });
  }

  /** Ends it from our side, in an orderly way. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) return resolve();
      this.#socket.once('close', () => resolve());
      this.#socket.end();
    });
  }
}
