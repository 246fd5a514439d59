import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CliProgram, type Ended } from '../harness/cli/cli-program.js';

/** The bundled program as processes of their own, on a simulated server of each role. */

const FAST = ['--speed', '300'];
const TIMEOUT_MS = 120_000;

const ROLES: readonly (readonly [scenario: string, told: string, byHand: readonly string[]])[] = [
  ['front-end-2019', 'Front End, Enterprise Edition · Skype for Business Server 2019 / Subscription Edition (7.0.2046.0)', []],
  ['standard-edition', 'Front End, Standard Edition · Lync Server 2013 (5.0.8308.0)', []],
  ['director-2015', 'Director · Skype for Business Server 2015 (6.0.9319.0)', ['RTCSRV']],
  ['edge', 'Edge · Lync Server 2013 (5.0.8308.0)', ['RTCDATAPROXY']],
  ['mediation', 'Mediation · Lync Server 2013 (5.0.8308.0)', []],
  ['persistent-chat', 'Persistent Chat · Lync Server 2013 (5.0.8308.0)', ['RTCCHAT', 'RTCCOMPL']],
  ['branch-appliance', 'Survivable Branch Appliance · Lync Server 2013 (5.0.8308.0)', ['RTCSRV']],
];

let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
let cli: CliProgram;
beforeAll(async () => {
  bundle = await CliProgram.bundle();
  cli = bundle.program();
}, TIMEOUT_MS);
afterAll(() => {
  cli.remove();
  bundle.remove();
});

/** Each role has a folder of its own: a server stays in its folder. */
function run(scenario: string, ...typed: readonly string[]): Promise<Ended> {
  return cli.run(...typed, '--data', join(cli.folder, scenario));
}

interface Told {
  readonly services: readonly {
    readonly serviceName: string;
    readonly state: string;
    readonly startType: string;
    readonly delayed: boolean;
  }[];
}

async function tell(scenario: string): Promise<Told> {
  return JSON.parse((await run(scenario, 'services', '--json')).out) as Told;
}

describe('a maintenance by the command line', () => {
  it.each(ROLES)(
    'goes from drain to the way back: %s',
    async (scenario, told, byHand) => {
      const status = await run(scenario, 'status', `--simulate=${scenario}`, ...FAST);
      expect(status.out.replace(/\s+/g, ' ')).toContain(told);
      const starts = ({ services }: Told): unknown =>
        services.map(({ serviceName, state, startType, delayed }) => [serviceName, state, startType, delayed]);
      const before = starts(await tell(scenario));
      const drained = await run(scenario, 'drain', '--timeout', '2h');
      expect(drained.exitCode).toBe(byHand.length === 0 ? 0 : 4);
      if (byHand.length > 0) {
        expect((await run(scenario, 'confirm')).exitCode).toBe(3);
        expect((await run(scenario, 'accept', ...byHand, '--note', 'looked at it')).exitCode).toBe(0);
        expect((await run(scenario, 'drain', '--timeout', '2h')).exitCode).toBe(0);
      }
      const confirmed = await run(scenario, 'confirm', '--json');
      expect([confirmed.exitCode, JSON.parse(confirmed.out)]).toMatchObject([0, { restart: byHand.length === 0 ? 'safe' : 'accepted' }]);
      expect((await run(scenario, 'resume')).exitCode).toBe(0);
      expect(starts(await tell(scenario))).toEqual(before);
    },
    TIMEOUT_MS,
  );
});

describe('a server that a file describes', () => {
  const comparable = (text: string): unknown =>
    JSON.parse(text, (key, value: unknown) => (key === 'at' || key === 'signs' ? undefined : value)) as unknown;

  it(
    'is told as the server that wrote the file, and stays in its folder',
    async () => {
      const written = await run('original', 'services', '--json', '--simulate=edge-2019');
      const file = join(cli.folder, 'edge.json');
      writeFileSync(file, written.out);
      const copied = await run('copy', 'services', '--json', '--server-file', file);
      expect(comparable(copied.out)).toEqual(comparable(readFileSync(file, 'utf8')));
      expect((await run('copy', 'drain', '--no-wait', ...FAST)).exitCode).toBe(0);
      const again = await run('copy', 'status', '--server-file', file);
      expect(again.out).toContain('EDGE01');
      expect(again.out).toMatch(/RTCMEDIARELAY +Paused/);
    },
    TIMEOUT_MS,
  );

  it.each([
    ['en', 'nowhere.json', 'LD-1031', 'cannot be read'],
    ['zh-CN', 'nowhere.json', 'LD-1031', '无法读取服务器描述'],
    ['en', 'wrong.json', 'LD-1032', 'is not the description of a server'],
    ['zh-CN', 'wrong.json', 'LD-1032', '这不是服务器描述'],
  ])(
    'is refused with a code and a next step (%s, %s)',
    async (language, name, code, words) => {
      const file = join(cli.folder, name);
      if (name === 'wrong.json') writeFileSync(file, '{"schema":1,"services":[{"serviceName":"RTCSRV"}]}');
      const refused = await run('refused', 'status', '--server-file', file, '--lang', language);
      expect(refused.exitCode).toBe(2);
      expect(refused.err).toContain(code);
      expect(refused.err.replace(/\s+/g, ' ')).toContain(words);
    },
    TIMEOUT_MS,
  );

  it(
    'is no server of its own at the same time',
    async () => {
      const file = join(cli.folder, 'edge.json');
      const refused = await run('refused', 'status', '--server-file', file, '--simulate=director');
      expect([refused.exitCode, refused.err]).toEqual([2, expect.stringContaining('LD-1013')]);
    },
    TIMEOUT_MS,
  );
});
