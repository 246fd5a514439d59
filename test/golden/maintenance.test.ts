import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { firstDifference } from '../harness/golden/first-difference.js';
import { runMaintenance, type Shown } from '../harness/golden/golden-maintenance.js';
import { isWriting } from '../harness/golden/is-writing.js';

const FOLDER = new URL('./maintenance/', import.meta.url);
/** Not UTC, so that a time of the terminal and a time of a document differ. */
const TIME_ZONE = 'Asia/Shanghai';
/** Takes 4 s of computing: only a hang should end it. */
const PATIENCE_MS = 180_000;
const FACES = {
  'record.jsonl': ({ json }) => json.record,
  'record.anchor': ({ json }) => json.anchor,
  'json.txt': ({ json }) => json.transcript,
  'checklists.json': ({ json }) => `${JSON.stringify(json.checklists, null, 1)}\n`,
  'terminal.en.txt': ({ en }) => en.transcript,
  'terminal.zh-CN.txt': ({ zh }) => zh.transcript,
  'undo-card.en.txt': ({ en }) => en.undoCard,
  'undo-card.zh-CN.txt': ({ zh }) => zh.undoCard,
  'report.en.md': ({ en }) => en.reports.md,
  'report.zh-CN.md': ({ zh }) => zh.reports.md,
  'report.en.html': ({ en }) => en.reports.html,
  'report.zh-CN.html': ({ zh }) => zh.reports.html,
  'report.json': ({ json }) => json.reports.json,
} satisfies Readonly<Record<string, (shown: Readonly<Record<'json' | 'en' | 'zh', Shown>>) => string>>;
type Face = keyof typeof FACES;
const NAMES = Object.keys(FACES) as Face[];

describe('the golden maintenance', () => {
  let shown: Readonly<Record<'json' | 'en' | 'zh', Shown>>;

  beforeAll(async () => {
    const writes = isWriting(process.env);
    vi.stubEnv('TZ', TIME_ZONE);
    const json = await runMaintenance(['--json']);
    shown = { json, en: await runMaintenance(['--lang', 'en']), zh: await runMaintenance(['--lang', 'zh-CN']) };
    if (!writes) return;
    mkdirSync(FOLDER, { recursive: true });
    for (const name of NAMES) writeFileSync(new URL(name, FOLDER), FACES[name](shown));
    console.warn(`The golden maintenance was written: ${fileURLToPath(FOLDER)}`);
  }, PATIENCE_MS);
  afterAll(() => vi.unstubAllEnvs());

  it.each(NAMES)('shows %s byte for byte as it was kept', (name) => {
    expect(firstDifference(readFileSync(new URL(name, FOLDER), 'utf8'), FACES[name](shown))).toBeNull();
  });

  it('is recorded the same whatever form and language it is shown in', () => {
    for (const { record, checklists } of [shown.en, shown.zh]) {
      expect(firstDifference(shown.json.record, record)).toBeNull();
      expect(checklists).toEqual(shown.json.checklists);
    }
  });

  it('goes through all that it is kept for', () => {
    const types = new Set(
      shown.json.record
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    );
    expect([...types]).toEqual(
      expect.arrayContaining(['run-opened', 'lost', 'accepted', 'confirmed', 'withdrawn', 'restarted', 'choice', 'closed']),
    );
  });

  it('keeps no other files', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...NAMES].sort());
  });
});

describe('writing the kept files', () => {
  it('is asked for by one variable, and never done where tests only judge', () => {
    expect([isWriting({}), isWriting({ CI: 'true' }), isWriting({ LYNC_DRAIN_WRITE_GOLDEN: '1' })]).toEqual([false, false, true]);
    expect(() => isWriting({ CI: 'true', LYNC_DRAIN_WRITE_GOLDEN: '1' })).toThrow('LYNC_DRAIN_WRITE_GOLDEN');
  });
});
