/**
 * Puts the many small parts that esbuild splits programs into together in few files: opening a file costs more than reading what is in
 * it, on Windows most of all. A part is still run when it is first required, and once.
 *
 * Where a part goes is decided by what needs it. A program, and what is loaded later, each keep a file of their own, and in it are the
 * parts that nothing else needs. Of the rest, what the first program needs is in one file, what the next one in the list needs beside
 * that in another, and so on; what none in the list needs stays alone.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { build, transform } from 'esbuild';

/** @typedef {Readonly<Record<string, { readonly code: string, readonly map: string }>>} Parts each an ES module with its map, by name */

/**
 * A file to be.
 *
 * @typedef {object} Group
 * @property {string} file its name
 * @property {readonly string[]} parts what is in it
 * @property {boolean} isShared it exports what all its parts do; else what its first part does
 */

/**
 * @param {Parts} parts by the names of the files that they would be
 * @param {import('esbuild').Metafile} metafile of the splitting
 * @param {readonly string[]} quick the sources of what must start quickly, from the project's root: a program and what it loads later
 * @param {import('esbuild').BuildOptions} options those of everything that runs on Node
 * @returns {Promise<readonly import('./source-maps.mjs').Bundled[]>}
 */
export async function packParts(parts, metafile, quick, options) {
  const exportsOf = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output.exports]));
  /** @type {Map<string, string>} for a part that is in a shared file, a module that exports the same */
  const elsewhere = new Map();
  const packed = [];
  // In this order: a shared file needs none that comes after it at once.
  for (const group of groupParts(metafile, quick)) {
    const names = group.parts.map((part, index) => ({
      part,
      pairs: (exportsOf.get(part) ?? []).map((name) => [name, `p${index}${name}`]),
    }));
    const entry = group.isShared
      ? names.map(({ part, pairs }) => `export { ${pairs.map((pair) => pair.join(' as ')).join(', ')} } from './${part}';`).join('\n')
      : `export * from './${group.parts[0]}';`;
    const { code, map } = await pack(parts, group, { entry, elsewhere }, options);
    const name = group.isShared ? `${group.file}-${digestOf(code)}.cjs` : group.file;
    packed.push({ name, code, map });
    if (!group.isShared) continue;
    for (const { part, pairs } of names) {
      elsewhere.set(part, `export { ${pairs.map((pair) => [...pair].reverse().join(' as ')).join(', ')} } from './${name}';`);
    }
  }
  return packed;
}

/**
 * @param {import('esbuild').Metafile} metafile
 * @param {readonly string[]} quick
 * @returns {readonly Group[]}
 */
function groupParts({ outputs }, quick) {
  const graph = new Map(Object.entries(outputs).flatMap(([path, output]) => (path.endsWith('.map') ? [] : [[basename(path), output]])));
  const roots = [...graph].filter(([, { entryPoint }]) => entryPoint !== undefined).map(([part]) => part);
  const needs = new Map(roots.map((root) => [root, neededBy(root, graph)]));
  const countRoots = (/** @type {string} */ part) => roots.filter((root) => needs.get(root)?.includes(part)).length;
  const common = new Set([...graph.keys()].filter((part) => !roots.includes(part) && countRoots(part) > 1));
  const groups = quick.map((source) => {
    const root = roots.find((part) => graph.get(part)?.entryPoint === source);
    if (root === undefined) throw new Error(`${source} is neither a program nor loaded later`);
    const parts = (needs.get(root) ?? []).filter((part) => common.delete(part));
    return { file: `part-needed-by-${basename(source, '.ts')}`, parts, isShared: true };
  });
  const alone = [...common].map((part) => ({ file: part, parts: [part], isShared: false }));
  const own = roots.map((root) => {
    const parts = (needs.get(root) ?? []).filter((part) => part === root || (!roots.includes(part) && countRoots(part) === 1));
    return { file: root, parts, isShared: false };
  });
  return [...groups, ...alone, ...own].filter(({ parts }) => parts.length > 0);
}

/**
 * @param {string} root
 * @param {ReadonlyMap<string, { readonly imports: readonly { readonly path: string, readonly kind: string }[] }>} graph
 * @returns {readonly string[]} the part itself, and all that is loaded with it
 */
function neededBy(root, graph) {
  const found = new Set([root]);
  for (const part of found) {
    for (const { path, kind } of graph.get(part)?.imports ?? []) {
      if (kind === 'import-statement' && graph.has(basename(path))) found.add(basename(path));
    }
  }
  return [...found];
}

/**
 * As one ES module: in wrappers of CommonJS, V8 would parse most of the code twice.
 *
 * @param {Parts} parts
 * @param {Group} group
 * @param {{ readonly entry: string, readonly elsewhere: ReadonlyMap<string, string> }} modules
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<{ readonly code: string, readonly map: string }>}
 */
async function pack(parts, { parts: held }, { entry, elsewhere }, options) {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: entry },
    format: 'esm',
    sourcemap: 'external',
    sourcesContent: false,
    write: false,
    outdir: 'packed',
    plugins: [
      {
        name: 'parts',
        setup(building) {
          building.onResolve({ filter: /.*/ }, ({ path }) => {
            const part = path.replace(/^\.\//, '');
            // Without the ending: esbuild would take it for CommonJS.
            const name = part.replace(/\.cjs$/, '');
            if (held.includes(part)) return { path: name, namespace: 'part' };
            return elsewhere.has(part) ? { path: name, namespace: 'elsewhere' } : { path, external: true };
          });
          building.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({ contents: withMap(parts[`${path}.cjs`]) }));
          building.onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => ({ contents: elsewhere.get(`${path}.cjs`) ?? '' }));
        },
      },
    ],
  });
  const [map = '', code = ''] = [true, false].map((isMap) => outputFiles.find(({ path }) => path.endsWith('.map') === isMap)?.text);
  return toCommonJs({ code, map }, options);
}

/**
 * In two steps, because esbuild writes into each file what marks it for ES modules that import CommonJS. Ours only require each
 * other, and with many small parts those marks were a tenth of all that is loaded at once. Each step carries the map on to the sources.
 *
 * @param {{ readonly code: string, readonly map: string }} part an ES module and its map
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<{ readonly code: string, readonly map: string }>}
 */
async function toCommonJs(part, { target, charset }) {
  const common = /** @type {const} */ ({
    platform: 'node',
    format: 'cjs',
    sourcemap: 'external',
    sourcesContent: false,
    ...(target !== undefined && { target }),
    ...(charset !== undefined && { charset }),
    // Electron 22 cannot import(…) from the archive; require it can.
    supported: { 'dynamic-import': false },
  });
  const marked = await transform(withMap(part), common);
  // Changes no line's number, and no column of a line that has code of ours.
  const plain = marked.code
    .replace(/\bmodule\.exports = __toCommonJS\((\w+)\);/, 'module.exports = $1;')
    .replace(/^0 && \(module\.exports = \{[^}]*\}\);$/m, '')
    .replace(/^(var) (\w+) = require\("(\.\/[\w.-]+)"\);$/gm, onceEach());
  return transform(withMap({ code: plain, map: marked.map }), { ...common, minify: true, treeShaking: true });
}

/** Each of our files is required once: what several parts of it are needed for had a line for each. */
function onceEach() {
  /** @type {Map<string, string>} */
  const required = new Map();
  return (/** @type {string} */ line, /** @type {string} */ _word, /** @type {string} */ name, /** @type {string} */ file) => {
    const first = required.get(file);
    if (first === undefined) required.set(file, name);
    return first === undefined ? line : `var ${name} = ${first};`;
  };
}

/**
 * @param {{ readonly code: string, readonly map: string } | undefined} part
 * @returns {string} as esbuild reads the two
 */
function withMap(part) {
  if (part === undefined) throw new Error('a part is required that was not made');
  return `${part.code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(part.map).toString('base64')}`;
}

/** @param {string} text */
function digestOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase();
}
