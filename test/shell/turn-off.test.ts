import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { refusalOf, windowsPower } from '../../electron/adapters/windows/desktop/turn-off.js';
import { LANGUAGES } from '../../electron/contract/settings.js';
import { createMessages } from '../../electron/core/language/messages.js';

const REFUSALS = { 5: 'LD-6012', 1115: 'LD-2115', 1190: 'LD-6009', 1191: 'LD-6010', 1271: 'LD-6011', 1314: 'LD-6005' } as const;

describe('a refusal to turn off', () => {
  it.each(LANGUAGES)('is told with a code of its own, and what to do (%s)', (language) => {
    const messages = createMessages(language);
    for (const [code, own] of Object.entries(REFUSALS)) {
      const said = messages.problem(refusalOf(Number(code)));
      expect([code, said.code]).toEqual([code, own]);
      expect(said.next).not.toBe('');
    }
    expect(messages.problem(refusalOf(1314)).happened).toContain('1314');
    expect(messages.problem(refusalOf(null)).happened).not.toMatch(/null|\d/);
  });
});

describe('turning off', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lync-drain-turn-off-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('runs the shutdown.exe of the folder it is given, and tells its exit code', async () => {
    const path = join(folder, 'shutdown.exe');
    writeFileSync(path, `#!/bin/sh\necho "$@" > ${folder}/order\nexit 5\n`);
    chmodSync(path, 0o755);
    await expect(windowsPower(folder).turnOff('restart', true)).rejects.toMatchObject({ problem: { id: 'restart-not-allowed' } });
    expect(readFileSync(join(folder, 'order'), 'utf8')).toBe('/r /f /t 0 /d p:4:1\n');
  });

  it('tells why shutdown.exe could not be started', async () => {
    await expect(windowsPower(folder).turnOff('shutDown', false)).rejects.toMatchObject({
      problem: { id: 'restart-refused', params: { code: 'ENOENT' } },
    });
  });
});
