/**
 * Draws the icons from the sources in assets/: `node build/icons.mjs` writes them into release/app/icons; the bundle calls
 * the function. They are made at every build and not kept in the repository, so that a picture can never be older than its
 * source; the rasteriser is one wasm file, so the bytes are the same on every machine.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { initWasm, Resvg } from '@resvg/resvg-wasm';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** A tray icon is asked for at 16 px times the display's scaling; 256 is for settings pages and large views. */
export const SIZES = /** @type {const} */ ([16, 20, 24, 32, 48, 256]);

/** One source a shape, beside the application's own icon. */
export const TRAY_SHAPES = /** @type {const} */ (['in-service', 'draining', 'ready', 'attention', 'unknown']);

/**
 * Line and accent for the taskbar they stand on. The shape alone says the state; colour only helps.
 *
 * @type {Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>>}
 */
const INKS = {
  light: { 'in-service': '#0b6a0b', draining: '#0f4a8a', ready: '#0b6a0b', attention: '#a4262c', unknown: '#3b3a39' },
  dark: { 'in-service': '#7fe07f', draining: '#8cc8ff', ready: '#7fe07f', attention: '#ffb3a8', unknown: '#f3f2f1' },
};

/**
 * @typedef {object} Picture
 * @property {number} size
 * @property {Uint8Array} png
 * @property {Uint8Array} rgba Four bytes a pixel, red first, colours not multiplied by alpha.
 */

/**
 * Writes every icon the app loads.
 *
 * @param {string} folder
 * @returns {Promise<readonly string[]>} the names of the files written
 */
export async function drawIcons(folder = join(ROOT, 'release/app/icons')) {
  await startRasteriser();
  await mkdir(folder, { recursive: true });
  const files = new Map(await drawIcon('app', 'app', '#000000'));
  for (const shape of TRAY_SHAPES) {
    for (const [taskbar, inks] of Object.entries(INKS)) {
      for (const [name, bytes] of await drawIcon(`tray-${shape}`, `tray-${shape}-${taskbar}`, inks[shape])) files.set(name, bytes);
    }
  }
  await Promise.all([...files].map(([name, bytes]) => writeFile(join(folder, name), bytes)));
  return [...files.keys()];
}

/** @type {Promise<void> | null} */
let rasteriser = null;

/** The wasm can be started once a process. */
function startRasteriser() {
  rasteriser ??= readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')).then((wasm) => initWasm(wasm));
  return rasteriser;
}

/**
 * One icon as Windows wants it (.ico) and as the Linux tray and the window want it (.png, in one and two densities).
 *
 * @param {string} source
 * @param {string} target
 * @param {string | undefined} ink
 * @returns {Promise<readonly (readonly [string, Uint8Array])[]>}
 */
async function drawIcon(source, target, ink) {
  const svg = await readFile(join(ROOT, `assets/${source}.svg`), 'utf8');
  const pictures = SIZES.map((size) => rasterise(svg.replace('<svg ', `<svg color="${ink}" `), size));
  const pngOf = (/** @type {number} */ size) => /** @type {Picture} */ (pictures.find((picture) => picture.size === size)).png;
  return [
    [`${target}.ico`, packIco(pictures)],
    [`${target}.png`, pngOf(24)],
    [`${target}@2x.png`, pngOf(48)],
    ...(source === 'app' ? [/** @type {const} */ (['app-256.png', pngOf(256)])] : []),
  ];
}

/**
 * @param {string} svg
 * @param {number} size
 * @returns {Picture}
 */
function rasterise(svg, size) {
  const resvg = new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } });
  const image = resvg.render();
  const picture = { size, png: image.asPng(), rgba: withPlainAlpha(image.pixels) };
  image.free();
  resvg.free();
  return picture;
}

/**
 * Resvg multiplies colours by their alpha; a bitmap in an icon holds them plain.
 *
 * @param {Uint8Array} premultiplied
 */
function withPlainAlpha(premultiplied) {
  return premultiplied.map((value, index) => {
    const alpha = premultiplied[index | 3] ?? 0;
    return (index & 3) === 3 || alpha === 0 ? value : Math.min(255, Math.round((value * 255) / alpha));
  });
}

const DIRECTORY_BYTES = 6;
const ENTRY_BYTES = 16;
const BITMAP_HEADER_BYTES = 40;

/**
 * An icon file (ICONDIR, ICONDIRENTRY). 256 px is a PNG, which Windows reads since Vista; the smaller ones are bitmaps,
 * which every reader of icons knows.
 *
 * @param {readonly Picture[]} pictures
 * @returns {Uint8Array}
 */
export function packIco(pictures) {
  const images = pictures.map((picture) => (picture.size >= 256 ? Buffer.from(picture.png) : packBitmap(picture)));
  const directory = Buffer.alloc(DIRECTORY_BYTES + ENTRY_BYTES * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  pictures.forEach(({ size }, index) => {
    const entry = DIRECTORY_BYTES + ENTRY_BYTES * index;
    const length = images[index]?.length ?? 0;
    // 0 stands for 256.
    directory.writeUInt8(size % 256, entry);
    directory.writeUInt8(size % 256, entry + 1);
    directory.writeUInt16LE(1, entry + 4);
    directory.writeUInt16LE(32, entry + 6);
    directory.writeUInt32LE(length, entry + 8);
    directory.writeUInt32LE(offset, entry + 12);
    offset += length;
  });
  return Buffer.concat([directory, ...images]);
}

/**
 * A bitmap as icons hold it (BITMAPINFOHEADER): twice as high for the mask after it, lines from the bottom up, blue first.
 *
 * @param {Picture} picture
 */
function packBitmap({ size, rgba }) {
  const maskLineBytes = Math.ceil(size / 32) * 4;
  const bytes = Buffer.alloc(BITMAP_HEADER_BYTES + size * size * 4 + maskLineBytes * size);
  bytes.writeUInt32LE(BITMAP_HEADER_BYTES, 0);
  bytes.writeInt32LE(size, 4);
  bytes.writeInt32LE(size * 2, 8);
  bytes.writeUInt16LE(1, 12);
  bytes.writeUInt16LE(32, 14);
  const maskStart = BITMAP_HEADER_BYTES + size * size * 4;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + x) * 4;
      const line = size - 1 - y;
      const [red, green, blue, alpha] = rgba.subarray(from, from + 4);
      bytes.set([blue ?? 0, green ?? 0, red ?? 0, alpha ?? 0], BITMAP_HEADER_BYTES + (line * size + x) * 4);
      // Where alpha is not looked at, the mask makes the ground transparent.
      const maskByte = maskStart + line * maskLineBytes + (x >> 3);
      if ((alpha ?? 0) < 128) bytes.writeUInt8(bytes.readUInt8(maskByte) | (0x80 >> (x & 7)), maskByte);
    }
  }
  return bytes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log((await drawIcons()).join('\n'));
