import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { drawIcons } from '../../build/icons.mjs';
import { digestFile, digestFiles, listAsar, readFuses } from '../harness/packages/inside.js';
import { describePackages, packageApplication, packageApplicationWith, zipApplication } from '../harness/packages/packages.js';
import { functionsNewerThanWindows7 } from '../harness/windows/newer-functions.js';
import { readImports } from '../harness/windows/pe-imports.js';

const PROGRAM = 'Lync Drain.exe';
/** Small programs that each of the two programs has beside it. */
const BESIDE_BOTH = ['lync-drain-counters.exe', 'lync-drain-events.exe', 'lync-drain-remote.exe'];

/** What V8 compiles differs from one time to the next, its name does not. */
function compiledIn(application: string): string {
  return join('cli', readdirSync(join(application, 'cli')).find((name) => /^compiled-\w+\.bin$/.test(name)) ?? 'nothing compiled');
}

describePackages('The packaged application', [], ({ application }) => {
  const program = readFileSync(join(application, PROGRAM));

  it('runs nothing but the application in its archive, whatever it is started with', () => {
    expect(readFuses(program)).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      // Electron 22 checks this on macOS only.
      embeddedAsarIntegrityValidation: false,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });

  it('asks Windows for administrator rights', () => {
    const levels = [...program.toString('latin1').matchAll(/<requestedExecutionLevel level="(\w+)"/g)].map(([, level]) => level);
    expect(levels).toEqual(['requireAdministrator']);
  });

  it('shows its own icon up to 256 pixels', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lync-drain-icons-'));
    await drawIcons(folder);
    const largest = readFileSync(join(folder, 'app-256.png'));
    rmSync(folder, { recursive: true });
    expect(program.includes(largest)).toBe(true);
  });

  it('speaks English and Simplified Chinese only', () => {
    expect([...digestFiles(join(application, 'locales')).keys()].sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
  });

  it('holds our bundles and no package of others', () => {
    const files = listAsar(join(application, 'resources/app.asar'));
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['main.cjs', 'preload.cjs', 'powershell.cjs', 'renderer/index.html', 'icons/app.ico']),
    );
    const others = [...files.keys()].filter((name) => !/^(icons|renderer)\/[^/]+$|^[\w-]+\.cjs$/.test(name));
    expect(others.sort()).toEqual(['koffi.node', 'package.json']);
  });

  it('has what Windows itself reads beside the archive, and nothing else', () => {
    const unpacked = [...listAsar(join(application, 'resources/app.asar'))]
      .filter(([, place]) => place === 'unpacked')
      .map(([name]) => name);
    expect(unpacked.filter((name) => !/^icons\/[\w-]+\.ico$/.test(name))).toEqual(['koffi.node']);
    const beside = [...digestFiles(join(application, 'resources')).keys()];
    expect(beside.sort()).toEqual(['app.asar', ...unpacked.map((name) => `app.asar.unpacked/${name}`)].sort());
  });

  it('keeps the source maps of both its programs beside it, and none inside', () => {
    const programs = [...listAsar(join(application, 'resources/app.asar')).keys()].filter((name) =>
      /^(main|preload|part-[\w-]+)\.cjs$|^renderer\/.*\.js$/.test(name),
    );
    const maps = [...digestFiles(join(application, '..', 'maps')).keys()];
    expect(maps).toEqual(expect.arrayContaining([...programs.map((name) => `app/${name}.map`), 'cli/lync-drain.cjs.map']));
    const inside = [...digestFiles(application).keys(), ...listAsar(join(application, 'resources/app.asar')).keys()];
    expect(inside.filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  it('brings the command line edition along', () => {
    const files = [...digestFiles(join(application, 'cli')).keys()].sort();
    const parts = ['cli.cjs', 'en.cjs', 'koffi.cjs', 'lync-drain.cjs', 'powershell.cjs', 'zh-cn.cjs'];
    expect(files.filter((name) => !/^(part-[\w-]+\.cjs|compiled-\w+\.bin)$/.test(name))).toEqual(
      ['LICENSE.txt', 'koffi.node', ...BESIDE_BOTH, 'lync-drain.exe', 'node.exe', ...parts].sort(),
    );
  });

  it('imports no function that Windows 7 and Server 2008 R2 lack, in any of its programs and libraries', async () => {
    const newer = await functionsNewerThanWindows7();
    const binaries = [...digestFiles(application).keys()].filter((name) => /\.(exe|dll|node)$/.test(name));
    expect(binaries.length).toBeGreaterThan(8);
    const tooNew = binaries.flatMap((name) =>
      readImports(join(application, name))
        .filter((one) => one.name !== null && newer.has(one.name))
        .map((one) => `${name}: ${one.name}`),
    );
    expect(tooNew).toEqual([]);
  });

  it.each(BESIDE_BOTH)('has %s beside each of its two programs', (name) => {
    const digests = [application, join(application, 'cli')].map((folder) => digestFile(join(folder, name)));
    expect(digests[0]).toBe(digests[1]);
  });

  it('is zipped into the same bytes when it is packaged again, in another place and time zone', async () => {
    const timeZone = 'Asia/Shanghai';
    const again = await packageApplication('again', { timeZone });
    const [compiled, otherCompiled] = [compiledIn(application), compiledIn(again)];
    expect(otherCompiled).toBe(compiled);
    copyFileSync(join(application, compiled), join(again, compiled));
    const [zip, other] = await Promise.all([zipApplication(application), zipApplication(again, timeZone)]);
    expect(digestFile(other)).toBe(digestFile(zip));
  });

  it('is not made of an Electron that servers of our age do not run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lync-drain-electron-'));
    writeFileSync(join(folder, 'electron.exe'), '');
    await expect(packageApplicationWith(folder)).rejects.toThrow(`${folder} has no file that says its version; Electron 22 is needed.`);
    writeFileSync(join(folder, 'version'), '30.0.0');
    await expect(packageApplicationWith(folder)).rejects.toThrow(`${folder} has Electron 30.0.0; Electron 22 is needed.`);
    rmSync(folder, { recursive: true });
  });

  it('differs from the one that tests drive in one byte: the fuse for inspect arguments', async () => {
    const inspectable = await packageApplication('inspectable', { isInspectable: true });
    const theirs = digestFiles(inspectable);
    const ours = digestFiles(application);
    expect([...theirs.keys()]).toEqual([...ours.keys()]);
    const others = [...theirs].filter(([name, digest]) => ours.get(name) !== digest && name !== compiledIn(application));
    expect(others.map(([name]) => name)).toEqual([PROGRAM]);
    const other = readFileSync(join(inspectable, PROGRAM));
    expect(readFuses(other)).toEqual({ ...readFuses(program), nodeCliInspect: true });
    const differences = program.reduce((count, byte, index) => count + (byte === other[index] ? 0 : 1), 0);
    expect([other.length, differences]).toEqual([program.length, 1]);
  });
});
