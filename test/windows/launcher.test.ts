import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeOnWindows } from './harness/describe-on-windows.js';
import { LauncherFolder, readGiven } from './harness/launcher.js';
import { WindowsServer } from './harness/windows-server.js';

/** `lync-drain.exe` before a program that says what it was given in the place of Node. */
describeOnWindows('the launcher', () => {
  let server: WindowsServer;
  let folder: LauncherFolder;

  beforeAll(async () => {
    server = await WindowsServer.start();
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
      ['%OS% ^ ^^ !x! $(y) `z` \'a b\' <in >out', '%OS%', '^', '^^', '!x!', '$(y)', '`z`', "'a", "b'", '<in', '>out'],
      ['a  b\t\tc   ', 'a', 'b', 'c'],
      ['status --trust-folder', 'status', '--trust-folder'],
      ['x'.repeat(30_000), 'x'.repeat(30_000)],
      [''],
    ];
    const { output, notes } = await folder.call(typed.map(([line]) => line));
    const given = readGiven(output);
    expect(given.map(({ line }) => line)).toEqual(typed.map(([line]) => line));
    expect(given.map((one) => one.arguments)).toEqual(typed.map(([, ...words]) => words));
    expect(new Set(notes)).toEqual(new Set(['exit 00000000']));
  });

  it('ends with the exit code of Node, also with the number of an exception', async () => {
    const codes = ['00000000', '00000001', '00000082', '00000103', '80000003', 'c000013a', 'ffffffff'];
    const { notes } = await folder.call([...codes.map((code) => `exit=${code}`), 'crash']);
    expect(notes).toEqual([...codes, 'c0000005'].map((code) => `exit ${code}`));
  });

  it.each([['ctrl-c', 0], ['ctrl-break', 1]] as const)('leaves %s to Node, and ends when Node has ended', async (disturbance, event) => {
    const { output, notes } = await folder.call(['wait'], disturbance);
    expect(output).toContain(`event ${event}\n`);
    expect(notes).toEqual(['exit 00000082']);
  });

  it('takes Node along when it is killed', async () => {
    const { output, notes } = await folder.call(['wait'], 'kill');
    expect(output).toMatch(/^ready \d+$/m);
    expect(notes).toEqual(['gone', 'exit 00000063']);
  });
});
