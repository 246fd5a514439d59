import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { LauncherFolder } from '../harness/windows/launcher.js';
import { compileLibrary } from '../harness/windows/native.js';
import { packageEdition } from '../harness/windows/packaged-cli.js';
import { type Finished, WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

const LIBRARY = 'test/harness/windows/native/planted-library.c';
/** A library that node.exe names in its imports, by bare name; of most others Wine takes its own all the same. */
const IMPORTED = 'USERENV.dll';
const OTHER = 'S-1-5-21-1111111111-2222222222-3333333333-1105';

/** What a program without rights leaves for an elevated one. It runs in a Node that is started without the launcher only. */
describeWhere(WINDOWS)('a planted file', () => {
  let server: WindowsServer;
  let folder: LauncherFolder;
  /** Where a program without rights may write. */
  let theirs: string;

  beforeAll(async () => {
    [server] = await Promise.all([WindowsServer.start(), packageEdition()]);
    folder = await LauncherFolder.withEdition(server, 'edition');
    theirs = join(server.folder, 'theirs');
    await mkdir(theirs);
  });
  afterAll(() => server.stop());

  const plainNode = (env: Readonly<Record<string, string>>): Promise<Finished> =>
    server.run(folder.file('node.exe'), [windowsPath(folder.file('lync-drain.cjs')), '--version'], { env });

  /** Every way is shown to work before it is shown to be closed. */
  async function expectClosed(
    env: Readonly<Record<string, string>>,
    hasRun: () => boolean | Promise<boolean>,
    forget: () => Promise<void>,
  ): Promise<void> {
    await plainNode(env);
    expect(await hasRun()).toBe(true);
    await forget();
    const ended = await folder.runTrusted(['--version'], env);
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
    expect(await hasRun()).toBe(false);
  }

  it('that OPENSSL_CONF names as an engine is not loaded', async () => {
    const library = join(theirs, 'engine.dll');
    const settings = join(theirs, 'openssl.cnf');
    await copyFile(await compileLibrary(LIBRARY), library);
    const engine = `engine_id = planted\ndynamic_path = ${windowsPath(library).replaceAll('\\', '/')}\ninit = 1\n`;
    await writeFile(
      settings,
      `nodejs_conf = init\nopenssl_conf = init\n[init]\nengines = all\n[all]\nplanted = planted\n[planted]\n${engine}`,
    );
    const marker = `${library}.ran`;
    await expectClosed(
      { OPENSSL_CONF: windowsPath(settings) },
      () => existsSync(marker),
      () => rm(marker),
    );
  });

  it('that NODE_OPTIONS requires is not run', async () => {
    const script = join(theirs, 'required.js');
    await writeFile(script, "require('fs').writeFileSync(__filename + '.ran', '');");
    const marker = `${script}.ran`;
    await expectClosed(
      { NODE_OPTIONS: `--require=${windowsPath(script).replaceAll('\\', '/')}` },
      () => existsSync(marker),
      () => rm(marker),
    );
  });

  it('is not written where NODE_V8_COVERAGE says', async () => {
    const reports = join(theirs, 'coverage');
    const hasRun = async (): Promise<boolean> => existsSync(reports) && (await readdir(reports)).length > 0;
    await expectClosed({ NODE_V8_COVERAGE: windowsPath(reports) }, hasRun, () => rm(reports, { recursive: true }));
  });

  it('that stands beside Node under the name of a library is not loaded', async () => {
    const library = folder.file(IMPORTED);
    const marker = `${library}.ran`;
    await copyFile(await compileLibrary(LIBRARY), library);
    await server.run(folder.file('node.exe'), ['-e', '0']);
    expect(existsSync(marker)).toBe(true);
    await rm(marker);
    await folder.plantDescriptors();
    // The folder was protected since; its maker still owns the file.
    const ended = await folder.run(['--version'], { PLANTED_NAME: IMPORTED, PLANTED_SDDL: `O:${OTHER}D:AI(A;ID;FA;;;BA)(A;ID;FA;;;SY)` });
    expect([ended.exitCode, ended.stdout]).toEqual([10, '']);
    expect(ended.stderr).toContain(`${windowsPath(library)} can be written by: ${OTHER}.`);
    expect(existsSync(marker)).toBe(false);
  });
});
