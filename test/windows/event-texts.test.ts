import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { provideEventReporter } from '../../build/native-programs.mjs';
import { type EventLevel, LOGGED_EVENTS } from '../../electron/contract/logged-event.js';
import { describeWhere } from '../harness/describe-where.js';
import { compileNative } from '../harness/windows/native.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

const LANGUAGES = { English: 0x409, Chinese: 0x804 } as const;
const SEVERITY: Readonly<Record<EventLevel, number>> = { information: 0x4000_0000, warning: 0x8000_0000, error: 0xc000_0000 };
const TYPE: Readonly<Record<EventLevel, number>> = { information: 4, warning: 2, error: 1 };
const EVENTS = Object.entries(LOGGED_EVENTS).map(([name, event]) => ({ name, ...event, inserts: event.inserts.map((one) => `<${one}>`) }));

/** The sentence as it is written in the source, with its inserts. */
function sentence(id: number, language: string, inserts: readonly string[]): string {
  const source = readFileSync('native/event-reporter/lync-drain-events.mc', 'utf8');
  const [, part = ''] = source.split(`MessageId=${id}\n`);
  const text = new RegExp(`Language=${language}\\n([\\s\\S]+?)\\n\\.\\n`).exec(part)?.[1] ?? '';
  return text.replace(/%(\d)/g, (_, place: string) => inserts[Number(place) - 1] ?? '');
}

describeWhere(WINDOWS)('the program that writes events', () => {
  let server: WindowsServer;
  let [reporter, formatter] = ['', ''];

  beforeAll(async () => {
    [server, reporter, formatter] = await Promise.all([
      WindowsServer.start(),
      provideEventReporter(),
      compileNative('test/harness/windows/native/format-events.c'),
    ]);
  });
  afterAll(() => server.stop());

  it.each(Object.entries(LANGUAGES))('has the text of each event in %s, with its inserts', async (language, code) => {
    for (const { id, level, inserts } of EVENTS) {
      const args = [windowsPath(reporter), String(code), String(SEVERITY[level] + id), ...inserts];
      const { stdout } = await server.run(formatter, args);
      expect([id, stdout.trim()]).toEqual([id, sentence(id, language, inserts)]);
    }
  });

  it('hands each event over to Windows, also with inserts of any characters', async () => {
    for (const { id, level, inserts } of EVENTS) {
      const { exitCode } = await server.run(reporter, [String(TYPE[level]), String(SEVERITY[level] + id), ...inserts, '维护 "x" \\']);
      expect([id, exitCode]).toEqual([id, 0]);
    }
  });

  it.each([[[]], [['4']], [['x', '1']], [['4', '1x']], [['4', '1', ...Array<string>(9).fill('x')]]])(
    'refuses what it does not understand: %j',
    async (args) => {
      const result = await server.run(reporter, args).catch((error: unknown) => error);
      expect(result).toMatchObject({ exitCode: 2 });
    },
  );
});
