import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundleCli } from '../../build/bundle.mjs';

describe('the bundle of the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lync-drain-bundle-'));

  beforeAll(() => bundleCli(folder));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is at most 300 KB', () => {
    expect(statSync(join(folder, 'lync-drain.cjs')).size).toBeLessThanOrEqual(300 * 1024);
  });

  it('looks for the native library beside itself and nowhere else', async () => {
    const text = await readFile(join(folder, 'lync-drain.cjs'), 'utf8');
    expect(text).toContain('/koffi.node');
    expect(text).not.toContain('@koromix');
  });
});
