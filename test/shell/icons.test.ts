import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { drawIcons, SIZES, TRAY_SHAPES as DRAWN_SHAPES } from '../../build/icons.mjs';
import { TRAY_SHAPES } from '../../electron/core/maintenance/tray-view.js';

let folder = '';
let names: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lync-drain-icons-'));
  names = await drawIcons(folder);
});

afterAll(() => rm(folder, { recursive: true }));

/** The pictures of an icon file: size, and the alpha of each pixel. */
async function pictures(name: string): Promise<readonly { readonly size: number; readonly alpha: readonly number[] }[]> {
  const bytes = await readFile(join(folder, name));
  return Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + index * 16;
    const size = bytes.readUInt8(entry) || 256;
    const start = bytes.readUInt32LE(entry + 12) + 40;
    const alpha = size === 256 ? [] : Array.from({ length: size * size }, (_pixel, at) => bytes.readUInt8(start + at * 4 + 3));
    return { size, alpha };
  });
}

describe('the icons', () => {
  it('are there for every state, on light and dark, in every size', async () => {
    expect(DRAWN_SHAPES).toEqual(TRAY_SHAPES);
    for (const shape of TRAY_SHAPES) {
      for (const taskbar of ['light', 'dark']) {
        const sizes = (await pictures(`tray-${shape}-${taskbar}.ico`)).map(({ size }) => size);
        expect(sizes, `${shape} ${taskbar}`).toEqual([...SIZES]);
      }
    }
  });

  it('tell the states apart by shape: a quarter of the drawn pixels differ between any two, at 16 pixels', async () => {
    const alphas = await Promise.all(TRAY_SHAPES.map(async (shape) => (await pictures(`tray-${shape}-dark.ico`))[0]!.alpha));
    alphas.forEach((one, index) => {
      for (const other of alphas.slice(index + 1)) {
        const drawn = one.filter((alpha, at) => alpha > 127 || other[at]! > 127).length;
        const different = one.filter((alpha, at) => alpha > 127 !== other[at]! > 127).length;
        expect(different / drawn).toBeGreaterThan(0.25);
      }
    });
  });

  it('are the same bytes at every build', async () => {
    const first = await Promise.all(names.map((name) => readFile(join(folder, name))));
    await drawIcons(folder);
    const second = await Promise.all(names.map((name) => readFile(join(folder, name))));
    expect(second.every((bytes, index) => bytes.equals(first[index]!))).toBe(true);
  });
});
