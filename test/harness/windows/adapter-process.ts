import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { createInterface } from 'node:readline';

import { provideCounterReader } from '../../../build/native-programs.mjs';
import { type Problem, ProblemError } from '../../../electron/contract/problem.js';
import type { ServiceControl } from '../../../electron/ports/service-control.js';
import { bundleForWindows } from './windows-node.js';
import type { WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const ENTRY = 'test/harness/windows/adapter-server.ts';

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly problem?: Problem;
  readonly failure?: string;
}

/** A process on a Windows server that holds the adapters under test; calls go through to it. */
export class AdapterProcess {
  readonly #connection: Socket;
  readonly #waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  #lastId = 0;

  private constructor(connection: Socket) {
    this.#connection = connection;
    createInterface({ input: connection }).on('line', (line) => this.#receive(JSON.parse(line) as Answer));
    connection
      .on('error', () => undefined)
      .on('close', () => {
        for (const { reject } of this.#waiting.values()) reject(new Error('the adapter process has ended'));
        this.#waiting.clear();
      });
  }

  /** @param args `--small-buffers` lets every buffer begin too small */
  static async start(server: WindowsServer, ...args: readonly string[]): Promise<AdapterProcess> {
    const [script, counterReader] = await Promise.all([bundleForWindows(server, ENTRY), provideCounterReader()]);
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const connected = once(listener, 'connection') as Promise<[Socket]>;
    const running = await server.launch(script.program, [...script.args, String(port), windowsPath(counterReader), ...args]);
    const ended = running.ended.then(({ stderr }) => Promise.reject(new Error(`the adapter process has ended: ${stderr}`)));
    const [connection] = await Promise.race([connected, ended]);
    ended.catch(() => undefined);
    listener.close();
    return new AdapterProcess(connection);
  }

  /** The Windows adapter of the port, as if it were here. */
  get serviceControl(): ServiceControl {
    const call = <Value>(method: keyof ServiceControl, ...parameters: readonly unknown[]): Promise<Value> =>
      this.call<Value>('serviceControl', method, ...parameters);
    return {
      listServices: () => call('listServices'),
      readStatus: (serviceName) => call('readStatus', serviceName),
      readConfiguration: (serviceName) => call('readConfiguration', serviceName),
      readStart: (serviceName) => call('readStart', serviceName),
      sendControl: (serviceName, control) => call('sendControl', serviceName, control),
      startService: (serviceName) => call('startService', serviceName),
      setStart: (serviceName, start) => call('setStart', serviceName, start),
      close: () => call('close'),
    };
  }

  /** Calls a method of any adapter; rejects with the `ProblemError` it was refused with. */
  call<Value>(target: string, method: string, ...parameters: readonly unknown[]): Promise<Value> {
    this.#lastId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(this.#lastId, { resolve, reject }));
    this.#connection.write(`${JSON.stringify({ id: this.#lastId, target, method, parameters })}\n`);
    return answer as Promise<Value>;
  }

  #receive({ id, value, problem, failure }: Answer): void {
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (problem !== undefined) asked?.reject(new ProblemError(problem));
    else if (failure !== undefined) asked?.reject(new Error(failure));
    else asked?.resolve(value);
  }
}
