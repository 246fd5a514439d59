/**
 * Run by build/code-cache.mjs with the Node that the code is compiled for: runs `status` on a simulated server, and writes what V8 has
 * compiled for it. Arguments: the file to write, the folder of the command line, a folder for data, and further files to load.
 */
'use strict';
const { writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

const [output = '', folder = '', data = '', ...further] = process.argv.slice(2);
const [BEFORE, BEHIND] = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
/** @type {Map<string, import('node:vm').Script>} */
const scripts = new Map();
/** @type {{ _compile(this: NodeJS.Module, content: string, path: string): unknown }} */
const modules = /** @type {any} */ (Module.prototype);
const compile = modules._compile;

modules._compile = function (content, path) {
  if (dirname(path) !== folder) return compile.call(this, content, path);
  const script = new Script(`${BEFORE}${content}${BEHIND}`, { filename: path, columnOffset: -BEFORE.length });
  scripts.set(basename(path), script);
  const run = script.runInThisContext();
  return run.call(this.exports, this.exports, (/** @type {string} */ name) => this.require(name), this, path, dirname(path));
};

process.argv.splice(2, Infinity, 'status', '--simulate', '--quiet', '--data', data);
process.once('exit', () => {
  const compiled = [...scripts].map(([file, script]) => /** @type {const} */ ([file, script.createCachedData()]));
  const index = JSON.stringify(compiled.map(([file, { length }]) => [file, length]));
  writeFileSync(output, Buffer.concat([Buffer.from(`${index}\n`, 'latin1'), ...compiled.map(([, code]) => code)]));
});
for (const file of further) require(join(folder, file));
require(join(folder, 'cli.cjs'));
