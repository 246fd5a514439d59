import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { LabServices } from './lab-services.js';
import { MachineWitness } from './machine-witness.js';
import type { Places } from './places.js';
import { Registry } from './registry.js';
import { ServiceWitness } from './service-witness.js';
import { type KitState, NOTHING_DONE, readState, writeState } from './state-file.js';

/** What the product's compiled code is called, and while it is not used. */
const [COMPILED, OUT] = ['.bin', '.bin-out'];

/** A named pipe, which Windows takes away with the process that made it. */
const ONLY_ONE = '\\\\.\\pipe\\lync-drain-acceptance';

/** What the kit puts on the machine and takes away again, with the witnesses that look at it. */
export class Workshop {
  readonly places: Places;
  readonly machine: MachineWitness;
  readonly serviceWitness: ServiceWitness;
  readonly registry: Registry;
  readonly services: LabServices;
  #state: KitState;

  private constructor(places: Places, serviceWitness: ServiceWitness) {
    this.places = places;
    this.machine = new MachineWitness(join(places.kit, 'witness', 'machine-witness.exe'));
    this.serviceWitness = serviceWitness;
    this.registry = new Registry(process.env);
    const witnesses = { services: serviceWitness, machine: this.machine, registry: this.registry };
    this.services = new LabServices(places, witnesses, (name) => this.note({ services: [...this.#state.services, name] }));
    this.#state = readState(places.state) ?? NOTHING_DONE;
  }

  static async open(places: Places): Promise<Workshop> {
    return new Workshop(places, await ServiceWitness.open(join(places.kit, 'witness', 'scm-witness.exe')));
  }

  get state(): KitState {
    return this.#state;
  }

  /** True if something of an earlier run is here. */
  get hasLeftovers(): boolean {
    return existsSync(this.places.stage) || existsSync(this.places.data);
  }

  /** Makes this the only kit that works on this machine, as long as this process lives. @returns false if there is another one */
  async claim(): Promise<boolean> {
    const server = createServer();
    const isFirst = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(ONLY_ONE, () => resolve(true));
    });
    server.unref();
    return isFirst;
  }

  /** Writes what is about to be put on this machine. */
  note(change: Partial<KitState>): void {
    this.#state = { ...this.#state, ...change };
    writeState(this.places.state, this.#state);
  }

  /** Copies the programs to where nobody but administrators may write. */
  async setUp(): Promise<void> {
    this.note({});
    mkdirSync(this.places.stage, { recursive: true });
    for (const name of ['lync-drain', 'session-service.exe']) {
      cpSync(join(this.places.kit, name), join(this.places.stage, name), { recursive: true });
    }
    if (await this.registry.hasEventSource()) return;
    this.note({ eventSource: true });
    await this.registry.addEventSource(join(this.places.edition, 'lync-drain-events.exe'));
  }

  /** Takes a function of Windows out of the staged product: it says that it succeeded and does nothing. Null puts all back. */
  takeOut(functionName: string | null): void {
    const [used, whole] = ['koffi.cjs', 'koffi-whole.cjs'].map((name) => join(this.places.edition, name)) as [string, string];
    if (!existsSync(whole)) copyFileSync(used, whole);
    if (functionName === null) copyFileSync(whole, used);
    else writeFileSync(used, standInFor(functionName));
    // Compiled code holds koffi too; without it the product runs from its files.
    const [from, to] = functionName === null ? [OUT, COMPILED] : [COMPILED, OUT];
    for (const name of readdirSync(this.places.edition).filter((one) => one.endsWith(from))) {
      renameSync(join(this.places.edition, name), join(this.places.edition, `${name.slice(0, -from.length)}${to}`));
    }
  }

  /** Takes everything away; what cannot be taken away is told. @returns what is left, in words */
  async cleanUp(): Promise<readonly string[]> {
    const left: string[] = [];
    const attempt = async (what: string, action: () => Promise<void> | void): Promise<void> => {
      try {
        await action();
      } catch (error) {
        left.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    await attempt('programs', () => this.machine.endIn(this.places.edition));
    for (const name of await this.#ownServices()) await attempt(`service ${name}`, () => this.services.remove(name));
    if (this.#state.eventSource) await attempt('event source', () => this.registry.removeEventSource());
    if (this.#state.runOnce) await attempt('second part', () => this.registry.removeRunOnce());
    await attempt('programs', () => this.machine.endIn(this.places.stage));
    await attempt(this.places.data, () => rmSync(this.places.data, { recursive: true, force: true, maxRetries: 5 }));
    // Last, because it holds the state file: what could not be taken away is tried again at the next start.
    if (left.length > 0) return left;
    await attempt(this.places.stage, () => rmSync(this.places.stage, { recursive: true, force: true, maxRetries: 5 }));
    this.#state = NOTHING_DONE;
    return left;
  }

  close(): void {
    this.machine.end();
    this.serviceWitness.end();
  }

  /** Those that the state file names, and all others that run our program: the file may be lost. */
  async #ownServices(): Promise<readonly string[]> {
    const own = new Set(this.#state.services);
    for (const name of await this.serviceWitness.list()) {
      const { binary } = await this.serviceWitness.query(name).catch(() => ({ binary: '' }));
      if (this.services.isOurs(binary)) own.add(name);
    }
    return [...own];
  }
}

/** What koffi gives to declare functions with, but for one. */
function standInFor(functionName: string): string {
  return `const whole = require('./koffi-whole.cjs');
const succeed = () => 1;
succeed.async = (...words) => setImmediate(words.at(-1), null, 1);
const load = (...words) => {
  const library = whole.load(...words);
  return { func: (...signature) => signature.includes(${JSON.stringify(functionName)}) ? succeed : library.func(...signature) };
};
module.exports = { ...whole, load };
`;
}
