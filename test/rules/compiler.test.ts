import { dirname, resolve } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** "File is not listed within the file list of project": the zone reached for a zone it has no reference to. */
const OUTSIDE_THE_PROJECT = 6307;
const NO_SUCH_NAMES = [2304, 2307, 2580, 2584, 2591];

describe('the compiler', () => {
  it.each([
    ['electron/contract', '../core/maintenance/plan.js'],
    ['electron/core/catalogue', '../../ports/service-control.js'],
    ['electron/core/maintenance', '../../ports/service-control.js'],
    ['electron/core/maintenance', '../../ports/run-records.js'],
    ['electron/core/language', '../../engine/engine.js'],
    ['electron/engine', '../adapters/windows/koffi/load-koffi.js'],
    ['electron/engine', '../adapters/storage/chain.js'],
    ['electron/apps/cli', '../../adapters/windows/koffi/load-koffi.js'],
    ['electron/adapters/storage', '../../core/maintenance/plan.js'],
    ['renderer', '../electron/engine/engine.js'],
  ])('refuses that %s imports %s', (zone, path) => {
    expect(compile(zone, `export * as a from '${path}';`)).toContain(OUTSIDE_THE_PROJECT);
  });

  it.each([
    ['electron/core/maintenance', '../../contract/problem.js'],
    ['electron/engine', '../ports/run-records.js'],
    ['electron/adapters/storage', '../../ports/run-records.js'],
  ])('lets %s import %s', (zone, path) => {
    expect(compile(zone, `export * as a from '${path}';`)).not.toContain(OUTSIDE_THE_PROJECT);
  });

  it.each(['electron/contract', 'electron/core/catalogue', 'electron/core/maintenance', 'electron/core/language'])(
    'knows no Node and no window in %s',
    (zone) => {
      for (const code of ["export * as a from 'node:fs';", 'export const a = process.pid;', 'export const a = document.title;']) {
        expect(NO_SUCH_NAMES, code).toContain(compile(zone, code)[0]);
      }
    },
  );

  it('knows a window but no Node in the renderer', () => {
    expect(compile('renderer', 'export const a: string = document.title;')).toEqual([]);
    expect(NO_SUCH_NAMES).toContain(compile('renderer', 'export const a = process.pid;')[0]);
  });
});

/**
 * Compiles one more file in a zone's project.
 *
 * @returns the numbers of the errors it caused, first those about the project
 */
function compile(zone: string, code: string): number[] {
  const file = resolve(zone, 'one-more-file.ts');
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem: ts.Diagnostic) =>
      expect.unreachable(ts.flattenDiagnosticMessageText(problem.messageText, '\n')),
  };
  const config = ts.getParsedCommandLineOfConfigFile(resolve(zone, 'tsconfig.json'), {}, host)!;
  const compilerHost = ts.createCompilerHost(config.options);
  const read = compilerHost.getSourceFile.bind(compilerHost);
  compilerHost.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2022) : read(name, ...rest);
  compilerHost.getCurrentDirectory = () => dirname(file);
  const program = ts.createProgram({
    rootNames: [...config.fileNames, file],
    options: config.options,
    projectReferences: config.projectReferences ?? [],
    host: compilerHost,
  });
  const aboutTheProject = program.getOptionsDiagnostics();
  return [...aboutTheProject, ...program.getSemanticDiagnostics(program.getSourceFile(file))].map((diagnostic) => diagnostic.code);
}
