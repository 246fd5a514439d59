/**
 * Run by build/code-cache.mjs with the Node that the code is compiled for: runs `status` on a simulated server, and writes each of the
 * files that are named, with what V8 has compiled of it. Arguments: the file to write, the folder of the command line, a folder for
 * data, and the names of the files; what is not loaded here is compiled all the same.
 */
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

const [output = '', folder = '', data = '', ...files] = process.argv.slice(2);
const [BEFORE, BEHIND] = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
/** @type {Map<string, { readonly content: string, readonly script: import('node:vm').Script }>} */
const scripts = new Map();
/** @type {{ _compile(this: NodeJS.Module, content: string, path: string): unknown }} */
const modules = /** @type {any} */ (Module.prototype);
const compile = modules._compile;

/**
 * @param {string} path
 * @param {string} content
 */
function compileFile(path, content) {
  const script = new Script(`${BEFORE}${content}${BEHIND}`, { filename: path, columnOffset: -BEFORE.length });
  // Read back as Latin-1.
  if (files.includes(basename(path)) && /^[\0-\x7f]*$/.test(content)) scripts.set(basename(path), { content, script });
  return script;
}

modules._compile = function (content, path) {
  if (dirname(path) !== folder) return compile.call(this, content, path);
  const run = compileFile(path, content).runInThisContext();
  return run.call(this.exports, this.exports, (/** @type {string} */ name) => this.require(name), this, path, dirname(path));
};

process.argv.splice(2, Infinity, 'status', '--simulate', '--quiet', '--data', data);
process.once('exit', () => {
  for (const file of files.filter((one) => !scripts.has(one))) compileFile(join(folder, file), readFileSync(join(folder, file), 'utf8'));
  const compiled = [...scripts].map(([file, { content, script }]) => ({
    file,
    source: Buffer.from(content, 'latin1'),
    code: script.createCachedData(),
  }));
  const index = JSON.stringify(compiled.map(({ file, source, code }) => [file, source.length, code.length]));
  writeFileSync(output, Buffer.concat([Buffer.from(`${index}\n`, 'latin1'), ...compiled.flatMap(({ source, code }) => [source, code])]));
});
require(join(folder, 'cli.cjs'));
