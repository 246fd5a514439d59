import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { TimedCli } from '../harness/cli/timed-cli.js';

let cli: TimedCli;

beforeEach(() => {
  cli = new TimedCli();
});

afterEach(() => cli.remove());

const FIRST = 'fe02.contoso.com';

async function said(...typed: string[]) {
  const { exitCode, out, err } = await cli.run(...typed);
  return { exitCode, text: `${out} ${err}`.replace(/\s+/g, ' ') };
}

type Services = Readonly<Record<string, string>>;

/** State and start type of each service, by name. */
async function services(...more: string[]): Promise<Services> {
  const { services: rows } = JSON.parse((await cli.run('services', '--json', ...more)).out) as {
    services: readonly { serviceName: string; state: string; startType: string }[];
  };
  return Object.fromEntries(rows.map(({ serviceName, state, startType }) => [serviceName, `${state} ${startType}`]));
}

/** From a server on which nothing was done yet. @returns what it was then */
async function open(scenario: string): Promise<Services> {
  return services(`--simulate=quiet,${scenario}`, '--speed', '60');
}

async function walkBack(before: Services): Promise<void> {
  expect((await said('resume')).exitCode).toBe(0);
  expect(await services()).toEqual(before);
}

describe.each(['drain', 'pause'])('the other servers of a simulated pool, and %s', (order) => {
  it('goes on while they are in service, and names each', async () => {
    const before = await open('other-in-service');
    expect((await said('status', '-v')).text).toContain('In service: fe02.contoso.com, fe03.contoso.com, fe04.contoso.com.');
    expect((await said(order)).exitCode).toBe(0);
    await walkBack(before);
  });

  it.each([
    ['other-paused', '(RTCRGS: Paused)'],
    ['other-front-end-stopped', '(RTCSRV: Stopped)'],
  ])('is blocked before any change by one that is in maintenance (%s), until that one is overridden by name', async (scenario, mark) => {
    const before = await open(scenario);
    const blocked = await said(order);
    expect(blocked.exitCode).toBe(3);
    expect(blocked.text).toContain(`${FIRST} is in maintenance ${mark}. One server of a pool goes down at a time.`);
    expect(blocked.text).toContain(`--override server:${FIRST}`);
    expect(await services()).toEqual(before);
    expect((await said(order, '--override', `server:${FIRST}`)).exitCode).toBe(0);
    expect(await services()).not.toEqual(before);
    await walkBack(before);
  });

  it('goes on past one that cannot be reached, which is unknown', async () => {
    const before = await open('other-unreachable');
    const { exitCode, text } = await said(order);
    expect([exitCode, text]).toEqual([0, expect.stringContaining(`Whether ${FIRST} is in service is not known: Windows finds no way`)]);
    await walkBack(before);
  });

  it.each(['other-pauses-with-us', 'other-silent-with-us'])(
    'goes back by itself for one that is %s, until that one is overridden by name',
    async (scenario) => {
      const before = await open(scenario);
      const yielded = await said(order);
      expect([yielded.exitCode, yielded.text]).toEqual([3, expect.stringContaining('LD-5045')]);
      expect(yielded.text).toContain(`does not answer any more: ${FIRST}.`);
      // It is not said to be back before it is, and what to do is said once.
      const [meanwhile, after] = yielded.text.split('RTCMEDSRV: resumed');
      expect([meanwhile, after].map((text) => text?.includes('is back in service'))).toEqual([false, true]);
      expect(yielded.text.split('Agree on which server goes first')).toHaveLength(2);
      expect(await services()).toEqual(before);
      expect((await said('status')).text).toContain('No maintenance is going on');
      expect((await said(order, '--override', `server:${FIRST}`)).exitCode).toBe(0);
      await walkBack(before);
    },
  );
});

describe('the other servers', () => {
  it('may each be another thing', async () => {
    await open('other-paused,other-unreachable');
    const { text } = await said('plan');
    expect(text).toContain(`${FIRST} is in maintenance (RTCRGS: Paused)`);
    expect(text).toContain('Whether fe03.contoso.com is in service is not known');
  });

  it.each(['edge', 'standard-edition', 'director', 'unknown-role'])(
    'cannot be simulated beside a %s, which stands in no pool with others',
    async (role) => {
      const { exitCode, text } = await said('plan', `--simulate=other-paused,${role}`);
      expect([exitCode, text]).toEqual([
        2,
        expect.stringContaining(`--simulate=${role} and --simulate=other-paused cannot be used together`),
      ]);
    },
  );

  it('are not said to be in service by themselves if only the cmdlets count them', async () => {
    await open('other-unreachable');
    expect((await said('status', '-v')).text).toContain(
      '3 of the other servers, 4 in all. 1 of them was not seen in service: only the Lync cmdlets count it.',
    );
  });

  it('are named in the pool of the role', async () => {
    await open('front-end-2019,other-front-end-stopped');
    expect((await said('plan')).text).toContain(`${FIRST} is in maintenance (RTCSRV: Stopped)`);
  });
});
