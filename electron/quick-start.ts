import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/*
 * Where the packaged command line begins. V8 has compiled its files before (build/code-cache.mjs): half of what a cold `status` takes
 * beyond Node itself was the compiler. Without that, or if it is of another Node, all goes on as ever, a little later.
 */

/** Set by the bundler: the name of the file with the compiled code, made of exactly the files beside it; empty for none. */
declare const CODE_CACHE: string;

/** In which order what the file holds follows its first line. */
type Index = readonly (readonly [file: string, bytes: number])[];

/** What Node has for every module, and does not document. */
interface CompilesModules {
  _compile(this: NodeModule, content: string, path: string): unknown;
}

const [BEFORE, BEHIND] = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];

/** The compiled code of each file; empty if there is none. It is protected as the program beside it is. */
function readCodeCache(): Map<string, Buffer> {
  const compiled = new Map<string, Buffer>();
  if (CODE_CACHE === '') return compiled;
  try {
    const bytes = readFileSync(join(__dirname, CODE_CACHE));
    let place = bytes.indexOf('\n') + 1;
    for (const [file, length] of JSON.parse(bytes.toString('latin1', 0, place)) as Index) {
      compiled.set(file, bytes.subarray(place, place + length));
      place += length;
    }
  } catch {
    compiled.clear();
  }
  return compiled;
}

/** Runs what is compiled already; whatever else is loaded, Node compiles as always. */
function loadCompiled(compiled: ReadonlyMap<string, Buffer>): void {
  const modules = Module.prototype as unknown as CompilesModules;
  const compile = modules._compile;
  modules._compile = function (content, path) {
    const cachedData = dirname(path) === __dirname ? compiled.get(basename(path)) : undefined;
    if (cachedData === undefined) return compile.call(this, content, path);
    // The offset: places in a stack count from where the file begins, as the source maps do.
    const script = new Script(`${BEFORE}${content}${BEHIND}`, { filename: path, cachedData, columnOffset: -BEFORE.length });
    if (script.cachedDataRejected === true) process.emit('lync-drain:code-cache-rejected' as never);
    const run = script.runInThisContext() as (...args: readonly unknown[]) => unknown;
    return run.call(this.exports, this.exports, (name: string) => this.require(name) as unknown, this, path, dirname(path));
  };
}

const compiled = readCodeCache();
if (compiled.size > 0) loadCompiled(compiled);
require('./cli.cjs');
