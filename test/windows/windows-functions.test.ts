import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import {
  provideCounterReader,
  provideEventReporter,
  provideLauncher,
  provideMachinePath,
  provideRemoteServices,
} from '../../build/native-programs.mjs';
import { provideWindowsParts } from '../../build/windows-parts.mjs';
import { describeWhere } from '../harness/describe-where.js';
import { functionsNewerThanWindows7 } from '../harness/windows/newer-functions.js';
import { readImports, type ImportedFunction } from '../harness/windows/pe-imports.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** What docs/windows-functions.md may say of a function that is there on Windows 7 and Server 2008 R2. */
const OLD_ENOUGH = /^(XP|Vista)\b/;

interface ListedFunction {
  readonly name: string;
  readonly library: string;
  readonly first: string;
  /** Looked up at run time, and done without where it is missing. */
  readonly isOptional: boolean;
}

function readTable(): readonly ListedFunction[] {
  const rows = readFileSync('docs/windows-functions.md', 'utf8').matchAll(
    /^\| `(\w+)` \| ([\w.]+) \| ([^|]+) \| (ours|runtime|optional) \|$/gm,
  );
  return [...rows].map(([, name = '', library = '', first = '', kind = '']) => ({ name, library, first, isOptional: kind === 'optional' }));
}

/** Every file of code below a folder, with what is in it. */
function sourcesBelow(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path);
    return /\.(ts|c|h)$/.test(entry.name) ? [[path, readFileSync(path, 'utf8')] as const] : [];
  });
}

/** How our code declares functions for koffi: a table of signatures, each with its library first. */
const SIGNATURE = /^ {2}([A-Z]\w+): \[\s*'([\w.]+)'/gm;
/** The one place that hands such a table to koffi. */
const DECLARING = 'electron/adapters/windows/koffi/declare-functions.ts';

function signaturesIn(text: string): readonly (readonly [name: string, library: string])[] {
  return [...text.matchAll(SIGNATURE)].map(([, name = '', library = '']) => [name, library]);
}

function declaredIn(text: string): readonly string[] {
  return signaturesIn(text).map(([name]) => name);
}

/** Every Windows takes these from its own folder: they are loaded in every program, or are KnownDLLs since Windows 7. */
const TAKEN_FROM_WINDOWS = new Set(['kernel32.dll', 'ntdll.dll', 'advapi32.dll', 'user32.dll']);

describe('a library that Windows would look for beside the program first', () => {
  it('is loaded by its full path', () => {
    const others = sourcesBelow('electron').filter(([, text]) =>
      signaturesIn(text).some(([, library]) => !TAKEN_FROM_WINDOWS.has(library)),
    );
    expect(others.length).toBeGreaterThan(2);
    for (const [file, text] of others) {
      const [, given] = /declareFunctions<\w+>\(SIGNATURES(?:, ([^;]*))?\);/.exec(text) ?? [];
      expect([file, given]).toEqual([file, expect.stringMatching(/^(await readSystemFolder\(\)|systemFolder)$/)]);
    }
  });
});

describeWhere(WINDOWS)('the functions of Windows', () => {
  const table = readTable();
  const sources = sourcesBelow('electron');
  const declaring = sources.filter(([file, text]) => file !== DECLARING && text.includes('declareFunctions<'));
  let programs: readonly (readonly [name: string, imports: readonly ImportedFunction[]])[];
  let nodeParts: typeof programs;

  beforeAll(async () => {
    const { nodeExe, koffiNode } = await provideWindowsParts();
    programs = [
      ['lync-drain.exe', readImports(await provideLauncher())],
      ['lync-drain-counters.exe', readImports(await provideCounterReader())],
      ['lync-drain-events.exe', readImports(await provideEventReporter())],
      ['lync-drain-path.exe', readImports(await provideMachinePath())],
      ['lync-drain-remote.exe', readImports(await provideRemoteServices())],
    ];
    nodeParts = [
      ['node.exe', readImports(nodeExe)],
      ['koffi.node', readImports(koffiNode)],
    ];
  });

  const looked = (): readonly string[] =>
    sourcesBelow('native').flatMap(([, text]) => [...text.matchAll(/GetProcAddress\(\w+, "(\w+)"\)/g)].map(([, name = '']) => name));
  const declared = (): readonly string[] => declaring.flatMap(([, text]) => declaredIn(text));
  const imported = (): readonly string[] =>
    programs.flatMap(([, imports]) => imports.filter(({ library }) => library !== 'msvcrt.dll').map(({ name }) => name ?? '(by number)'));

  it('are all in the table, and the table has no other', () => {
    const used = new Set([...declared(), ...looked(), ...imported()]);
    expect([...used].sort()).toEqual(table.map(({ name }) => name).sort());
  });

  it('are all there on Windows 7 and Server 2008 R2', () => {
    expect(table.length).toBeGreaterThan(80);
    expect(table.filter(({ first, isOptional }) => !isOptional && !OLD_ENOUGH.test(first))).toEqual([]);
    const optional = table.filter(({ isOptional }) => isOptional).map(({ name }) => name);
    expect([...declared(), ...imported()].filter((name) => optional.includes(name))).toEqual([]);
  });

  it('are declared in ways that this test reads', () => {
    for (const [file, text] of declaring) expect([file, declaredIn(text).length]).not.toEqual([file, 0]);
    expect(sources.filter(([, text]) => text.includes('.func(')).map(([file]) => file)).toEqual([DECLARING]);
  });

  it('are declared and imported from the library that the table names', () => {
    const libraries = new Map(table.map(({ name, library }) => [name, library]));
    for (const [file, text] of declaring) {
      for (const [name, library] of signaturesIn(text)) expect([file, name, library]).toEqual([file, name, libraries.get(name)]);
    }
    for (const [program, imports] of programs) {
      for (const { library, name } of imports) {
        if (library !== 'msvcrt.dll') expect([program, name, library]).toEqual([program, name, libraries.get(name ?? '')]);
      }
    }
  });

  it('come to our own programs from three libraries that Windows always has loaded', () => {
    for (const [program, imports] of programs) {
      expect([program, [...new Set(imports.map(({ library }) => library))].sort()]).toEqual([
        program,
        // user32 is one of Windows' KnownDLLs: it is taken from Windows' folder, whatever stands beside a program.
        ['advapi32.dll', 'kernel32.dll', 'msvcrt.dll', ...(program === 'lync-drain-path.exe' ? ['user32.dll'] : [])],
      ]);
    }
  });

  it('that came later are imported by no program of the package', async () => {
    const newer = await functionsNewerThanWindows7();
    for (const known of ['CreateFile2', 'GetHostNameW', 'PrefetchVirtualMemory', 'GetCurrentThreadStackLimits']) {
      expect([known, newer.has(known)]).toEqual([known, true]);
    }
    expect(newer.has('CreateFileW')).toBe(false);
    for (const [program, imports] of [...programs, ...nodeParts]) {
      expect(imports.length).toBeGreaterThan(20);
      expect([program, imports.filter(({ name }) => name !== null && newer.has(name))]).toEqual([program, []]);
    }
  });
});
