/** Tools that npm installed, run by the Node that runs us: what npm puts into node_modules/.bin is no program on Windows. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** In which package each tool is, if it has another name. @type {Readonly<Record<string, string>>} */
const PACKAGES = { tsc: 'typescript' };

/**
 * @param {string} tool
 * @param {readonly string[]} args
 * @returns {[command: string, args: string[]]} for `run` and `capture`
 */
export function toolCommand(tool, args) {
  const name = PACKAGES[tool] ?? tool;
  const manifest = findManifest(name);
  /** @type {{ readonly bin: string | Readonly<Record<string, string>> }} */
  const { bin } = require(manifest);
  const script = typeof bin === 'string' ? bin : bin[tool];
  if (script === undefined) throw new Error(`${name} has no ${tool}`);
  return [process.execPath, [join(dirname(manifest), script), ...args]];
}

/**
 * By its place: some packages do not let their manifest be required.
 *
 * @param {string} name
 */
function findManifest(name) {
  const folder = (require.resolve.paths(name) ?? []).find((place) => existsSync(join(place, name)));
  return join(folder ?? '', name, 'package.json');
}
