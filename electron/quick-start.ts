import { readFileSync } from 'node:fs';
import { Module } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

import { WAITING_COMMANDS } from './apps/cli/waiting-commands.js';

/*
 * Where the packaged command line begins. What `status` runs is in one file, compiled by V8 before (build/code-cache.mjs): reading
 * one file for each part and compiling them was most of what a cold `status` took beyond Node itself. If there is no such file, or if
 * V8 does not take it because it is of another Node, all goes on as ever, a little later.
 */

/** Set by the bundler: the name of the file with the compiled code, made of exactly the files beside it; empty for none. */
declare const CODE_CACHE: string;

/** Its first line. Source and code of each file follow it, in this order; the source is ASCII. */
type Index = readonly (readonly [file: string, sourceBytes: number, codeBytes: number])[];

interface Compiled {
  /** Text in ASCII. */
  readonly source: Buffer;
  readonly code: Buffer;
}

/** Told with `-v`. */
declare global {
  var LYNC_DRAIN_IS_COMPILED_FOR_ANOTHER_NODE: boolean | undefined;
}

const [BEFORE, BEHIND] = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];

/**
 * What is compiled, by the name of its file; empty if nothing is. It is protected as the program beside it is. A command that waits
 * does without: it takes a megabyte, and holds functions that only `status` calls. Any argument that is called like one may be it.
 */
function readCompiled(): ReadonlyMap<string, Compiled> {
  if (CODE_CACHE === '' || process.argv.some((word) => WAITING_COMMANDS.has(word))) return new Map();
  try {
    const bytes = readFileSync(join(__dirname, CODE_CACHE));
    let place = bytes.indexOf('\n') + 1;
    const index = JSON.parse(bytes.toString('latin1', 0, place)) as Index;
    if (index.reduce((sum, [, source, code]) => sum + source + code, place) !== bytes.length) return new Map();
    const next = (length: number): Buffer => bytes.subarray(place, (place += length));
    return new Map(index.map(([file, sourceBytes, codeBytes]) => [file, { source: next(sourceBytes), code: next(codeBytes) }]));
  } catch {
    return new Map();
  }
}

const compiled = readCompiled();

/** As Node loads a module, which finds it in its own cache from then on; but without looking for files. */
function load(file: string, { source, code }: Compiled): unknown {
  const path = join(__dirname, file);
  const loaded = require.cache[path];
  if (loaded !== undefined) return loaded.exports;
  const made = new Module(path);
  made.filename = path;
  require.cache[path] = made;
  // The offset: places in a stack count from where the file begins, as the source maps do.
  const text = source.toString('latin1');
  const script = new Script(`${BEFORE}${text}${BEHIND}`, { filename: path, cachedData: code, columnOffset: -BEFORE.length });
  if (script.cachedDataRejected === true) globalThis.LYNC_DRAIN_IS_COMPILED_FOR_ANOTHER_NODE = true;
  const run = script.runInThisContext() as (...args: readonly unknown[]) => unknown;
  run.call(made.exports, made.exports, (name: string) => requireIn(made, name), made, path, __dirname);
  made.loaded = true;
  return made.exports;
}

function requireIn(from: NodeModule, name: string): unknown {
  const found = compiled.get(name.replace('./', ''));
  return found === undefined ? from.require(name) : load(name.replace('./', ''), found);
}

const first = compiled.get('cli.cjs');
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is bundled by itself, and is loaded only without a compiled file
if (first === undefined) require('./cli.cjs');
else load('cli.cjs', first);
