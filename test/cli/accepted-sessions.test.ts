import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Ended } from '../harness/cli/cli-program.js';
import { TimedCli } from '../harness/cli/timed-cli.js';

/** What the command line says once sessions that do not end were accepted, on simulated servers. */

const FAST = ['--speed', '300'];
const TIMEOUT_MS = 60_000;

let cli: TimedCli;

beforeEach(() => {
  cli = new TimedCli();
});
afterEach(() => cli.remove());

/** On one line, however it was wrapped. */
const told = ({ out, err }: Ended) => `${out}\n${err}`.replace(/\s+/g, ' ');

describe('a cut that was accepted', () => {
  it(
    'is shown as that, and no more as sessions that do not end',
    async () => {
      expect((await cli.run('drain', '--simulate=stalled', '--timeout', '30m', ...FAST)).exitCode).toBe(5);
      await cli.run('accept', 'RTCIMMCU', '--cut', '1', '--note', 'the window was left open');
      const watched = await cli.run('watch', ...FAST);
      expect(watched.exitCode).toBe(0);
      for (const ended of [watched, await cli.run('status')]) {
        expect(ended.out).toMatch(/RTCIMMCU +Paused +Manual +1 +accepted by hand/);
        expect(told(ended)).not.toContain('LD-3003');
        expect(told(ended)).toContain('A restart cuts up to 1 session, accepted by CONTOSO\\ann.');
      }
    },
    TIMEOUT_MS,
  );

  it(
    'lets no service pass for quiet that carries sessions',
    async () => {
      await cli.run('drain', '--simulate=stalled', '--timeout', '30m', ...FAST);
      await cli.run('accept', 'RTCIMMCU', '--cut', '1', '--note', 'the window was left open');
      expect(told(await cli.run('watch', ...FAST))).toContain('Ready: the planned services are quiet or accepted by hand.');
      expect(told(await cli.run('status'))).toContain('ready, the planned services are quiet or accepted by hand.');
      expect(told(await cli.run('status', '--lang', 'zh-CN'))).toContain('就绪，计划内的服务已静止或已人工认可');
    },
    TIMEOUT_MS,
  );
});
