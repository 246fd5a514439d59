import { rm } from 'node:fs/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { describeWhere } from '../harness/describe-where.js';
import { LauncherFolder, readGiven } from '../harness/windows/launcher.js';
import { NODE_OPTIONS } from '../harness/windows/packaged-cli.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

/** `lync-drain.exe` before a program that says what it was given in the place of Node. */
describeWhere(WINDOWS)('the launcher', () => {
  let server: WindowsServer;
  let folder: LauncherFolder;

  beforeAll(async () => {
    server = await WindowsServer.start({ registry: 'test/harness/windows/no-display.reg' });
    folder = await LauncherFolder.withStandIn(server);
  });
  afterAll(() => server.stop());

  it('hands the command line on exactly as it was typed', async () => {
    // The examples of Microsoft's "Parsing C command-line arguments", and what a Command Prompt would have changed.
    const typed: readonly (readonly [line: string, ...words: string[]])[] = [
      ['"a b c" d e', 'a b c', 'd', 'e'],
      ['"ab\\"c" "\\\\" d', 'ab"c', '\\', 'd'],
      ['a\\\\\\b d"e f"g h', 'a\\\\\\b', 'de fg', 'h'],
      ['a\\\\\\"b c d', 'a\\"b', 'c', 'd'],
      ['a\\\\\\\\"b c" d e', 'a\\\\b c', 'd', 'e'],
      ['"" "" x', '', '', 'x'],
      ['--output "C:\\my reports\\\\"', '--output', 'C:\\my reports\\'],
      ['--reason "更新 – Ωmega 😀"', '--reason', '更新 – Ωmega 😀'],
      ['--reason R&echo>C:\\x | more', '--reason', 'R&echo>C:\\x', '|', 'more'],
      ["%OS% ^ ^^ !x! $(y) `z` 'a b' <in >out", '%OS%', '^', '^^', '!x!', '$(y)', '`z`', "'a", "b'", '<in', '>out'],
      ['a  b\t\tc   ', 'a', 'b', 'c'],
      ['status --trust-folder', 'status', '--trust-folder'],
      ['x'.repeat(30_000), 'x'.repeat(30_000)],
      [''],
    ];
    const { output, notes } = await folder.call(typed.map(([line]) => line));
    const given = readGiven(output);
    expect(given.map(({ line }) => line)).toEqual(typed.map(([line]) => line));
    expect(given.map((one) => one.arguments)).toEqual(typed.map(([, ...words]) => words));
    expect(given.map(({ options }) => options)).toEqual(typed.map(() => NODE_OPTIONS));
    expect(new Set(notes)).toEqual(new Set(['exit 00000000']));
  });

  it('ends with the exit code of Node, also with the number of an exception', async () => {
    const codes = ['00000000', '00000001', '00000082', '00000103', '80000003', 'c000013a', 'ffffffff'];
    const { notes } = await folder.call([...codes.map((code) => `exit=${code}`), 'crash']);
    expect(notes).toEqual([...codes, 'c0000005'].map((code) => `exit ${code}`));
  });

  it('leaves Ctrl-C to Node, and ends when Node has ended', async () => {
    const { output, notes } = await folder.call(['wait'], 'ctrl-c');
    expect(output).toContain('event 0\n');
    expect(notes).toEqual(['exit 00000082']);
  });

  it('asks Node to end when the session ends, and is there until Node has ended', async () => {
    const { output, notes } = await folder.call(['wait'], 'end-session');
    expect(output).toContain('event 0\n');
    expect(notes).toEqual(['asked 1', 'ended', 'exit 00000082']);
  });

  it('goes on when another program has refused to end the session', async () => {
    const { output, notes } = await folder.call(['wait'], 'stay');
    expect(output).not.toContain('event');
    expect(notes).toEqual(['asked 1', 'runs', 'exit 00000063']);
  });

  it('takes Node along when it is killed', async () => {
    const { output, notes } = await folder.call(['wait'], 'kill');
    expect(output).toMatch(/^ready \d+$/m);
    expect(notes).toEqual(['gone', 'exit 00000063']);
  });

  it('hands on what is needed of the environment, and nothing else', async () => {
    const kept = {
      ...{
        LYNC_DRAIN_DATA: 'C:\\维护 data',
        NO_COLOR: '1',
        LC_ALL: 'C.UTF-8',
        LC_CTYPE: 'C.UTF-8',
        LC_MESSAGES: 'zh_CN',
        LANG: 'C.UTF-8',
        TERM: 'dumb',
        TERM_PROGRAM: 'x',
        WT_SESSION: 'y',
      },
      ...{
        ProgramData: 'C:\\ProgramData',
        LOGONSERVER: '\\\\VM',
        USERDNSDOMAIN: 'example.net',
        TEMP: 'C:\\t',
        TMP: 'C:\\t',
        USERPROFILE: 'C:\\u',
        APPDATA: 'C:\\a',
      },
    };
    const poison = {
      ...{
        NODE_OPTIONS: '--require=x',
        NODE_V8_COVERAGE: 'C:\\c',
        NODE_PATH: 'C:\\n',
        NODE_EXTRA_CA_CERTS: 'x',
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
        NODE_SKIP_PLATFORM_CHECK: '0',
        node_repl_history: 'x',
      },
      ...{
        OPENSSL_CONF: 'x',
        OPENSSL_MODULES: 'x',
        OPENSSL_ENGINES: 'x',
        SSL_CERT_FILE: 'x',
        SSLKEYLOGFILE: 'x',
        ELECTRON_RUN_AS_NODE: '1',
        UV_THREADPOOL_SIZE: '1',
      },
      ...{
        COR_ENABLE_PROFILING: '1',
        COR_PROFILER: 'x',
        CORECLR_PROFILER: 'x',
        COMPlus_Version: 'x',
        DOTNET_STARTUP_HOOKS: 'x',
        PSModulePath: 'x',
        DEBUG: '*',
        FORCE_COLOR: '1',
      },
      ...{
        __COMPAT_LAYER: 'x',
        PATHEXT: '.COM',
        ComSpec: 'C:\\x.exe',
        SystemRoot: 'C:\\evil',
        windir: 'C:\\evil',
        _CLUSTER_NETWORK_NAME_: 'x',
      },
    };
    const { stdout } = await folder.runTrusted([], { ...kept, ...poison });
    const [{ variables }] = readGiven(stdout) as [ReturnType<typeof readGiven>[number]];
    // Wine sets its own in every process that it starts.
    const names = [...variables.keys()].filter((name) => !name.startsWith('WINE'));
    const fromWindows = [
      'ALLUSERSPROFILE',
      'COMPUTERNAME',
      'CommonProgramFiles',
      'LOCALAPPDATA',
      'NUMBER_OF_PROCESSORS',
      'OS',
      'PROCESSOR_ARCHITECTURE',
      'ProgramFiles',
      'USERDOMAIN',
      'USERNAME',
    ];
    const set = {
      NODE_SKIP_PLATFORM_CHECK: '1',
      PATH: 'C:\\windows\\system32',
      SystemDrive: 'C:',
      SystemRoot: 'C:\\windows',
      windir: 'C:\\windows',
    };
    const allowed = [...fromWindows, ...Object.keys(kept), ...Object.keys(set)];
    expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(Object.fromEntries(variables)).toMatchObject(set);
    for (const name of [
      'LYNC_DRAIN_DATA',
      'NO_COLOR',
      'LC_ALL',
      'LC_CTYPE',
      'LC_MESSAGES',
      'TERM',
      'TERM_PROGRAM',
      'WT_SESSION',
      'USERDNSDOMAIN',
    ] as const) {
      expect([name, variables.get(name)]).toEqual([name, kept[name]]);
    }
  });

  it('counts a variable that is set to nothing as not set', async () => {
    const { stdout } = await folder.runTrusted([], { LYNC_DRAIN_DATA: '', NO_COLOR: '' });
    const [{ variables }] = readGiven(stdout) as [ReturnType<typeof readGiven>[number]];
    expect([variables.has('LYNC_DRAIN_DATA'), variables.has('NO_COLOR')]).toEqual([false, false]);
  });

  it('says which file cannot be started, and ends with 1', async () => {
    const broken = await LauncherFolder.withStandIn(server);
    await rm(broken.file('node.exe'));
    const ended = await broken.runTrusted(['status']);
    const said = createMessages('en').problem(problem('program-not-started', { path: windowsPath(broken.file('node.exe')), win32: 2 }));
    expect(ended).toEqual({ exitCode: 1, stdout: '', stderr: `${said.code}  ${said.happened}\n         Next: ${said.next}\n` });
  });
});
