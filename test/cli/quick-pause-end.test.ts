import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CliProgram, type Ended } from '../harness/cli/cli-program.js';

/** What the bundled program says when a quick pause is over, on simulated servers. */

const TIMEOUT_MS = 60_000;

let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
let cli: CliProgram;

beforeAll(async () => {
  bundle = await CliProgram.bundle();
}, TIMEOUT_MS);
afterAll(() => bundle.remove());
beforeEach(() => {
  cli = bundle.program();
});
afterEach(() => cli.remove());

/** On one line, however it was wrapped. */
const told = ({ out, err }: Ended) => `${out}\n${err}`.replace(/\s+/g, ' ');

describe('the end of a quick pause', () => {
  it(
    'does not warn of services outside a plan that is no more',
    async () => {
      const ended = await cli.run('pause', '--for', '1m', '--simulate=quiet', '--speed', '60');
      expect([ended.exitCode, told(ended).includes('Back in service: every service is as it was before.')]).toEqual([0, true]);
      expect(told(ended)).not.toContain('not in the plan');
    },
    TIMEOUT_MS,
  );

  it(
    'in which sessions were lost says that, and that the services are back',
    async () => {
      const ended = await cli.run('pause', '--for', '2m', '--simulate=crashes', '--speed', '60');
      expect(ended.exitCode).toBe(6);
      expect(told(ended)).toMatch(/RTCMEDSRV stopped; \d+ sessions may have been cut\./);
      expect(told(ended)).toContain('Back in service: every service is as it was before.');
      expect(told(ended)).not.toContain('not in the plan');
    },
    TIMEOUT_MS,
  );
});
