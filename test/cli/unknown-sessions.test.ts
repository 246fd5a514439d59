import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { TimedCli } from '../harness/cli/timed-cli.js';

let cli: TimedCli;

beforeEach(() => {
  cli = new TimedCli();
});

afterEach(() => cli.remove());

async function said(...typed: string[]) {
  const { exitCode, out, err } = await cli.run(...typed);
  return { exitCode, text: `${out} ${err}`.replace(/\s+/g, ' ') };
}

describe('what to do about sessions that are not known', () => {
  it('is never to ask doctor what would make them known where nothing can', async () => {
    await said('drain', '--simulate=director,quiet', '--speed', '60', '--no-wait');
    const { exitCode, text } = await said('confirm');
    expect([exitCode, text]).toEqual([3, expect.stringContaining('"lync-drain sessions RTCSRV" shows who is connected')]);
    expect(text).not.toContain('would make it known');
    expect((await said('status', '--json')).text).not.toContain('would make it known');
  });

  it('is no acceptance alone where people are seen', async () => {
    const { exitCode, text } = await said('drain', '--simulate=edge-uncounted', '--speed', '400');
    expect([exitCode, text]).toEqual([
      4,
      expect.stringContaining('Still seen of them, at least: RTCDATAPROXY 2, RTCMEDIARELAY 1, RTCSRV 2.'),
    ]);
    expect(text).toContain('Next: "lync-drain sessions" shows who is connected. Call them, or wait and look again.');
  });

  it('is to ask doctor where a source is only missing', async () => {
    await said('drain', '--simulate=no-cmdlets,quiet', '--speed', '60', '--no-wait');
    expect((await said('confirm')).text).toContain('"lync-drain doctor" says what would make them known.');
  });

  it('says that an acceptance in advance takes a note or a reason, also that of the open run', async () => {
    const typed = ['--override', 'evidence:RTCRGS'];
    const without = await said('drain', '--simulate=no-cmdlets,quiet', '--speed', '60', '--no-wait', ...typed);
    expect(without.text).toContain('accepted by hand, or in advance, which takes --note or --reason');
    expect((await said('plan', ...typed)).text).toContain('Not accepted in advance, because there is neither --note nor --reason: RTCRGS.');
    await said('drain', '--no-wait', '--reason', 'CHG-1');
    expect((await said('plan', ...typed)).text).toContain('Accepted in advance, if nothing is seen of it for as long: RTCRGS ("CHG-1").');
  });
});

describe('doctor', () => {
  it.each([
    ['unknown-role', 'Windows lists its services; 1 carries Lync sessions.', 'RTCVIS: sessions cannot be counted'],
    // RTCMRAUTH carries none.
    ['edge', 'Windows lists its services; 3 carry Lync sessions.', 'RTCMRAUTH: sessions are counted (carries none)'],
  ])('counts the services that carry sessions, and no other: %s', async (scenario, services, evidence) => {
    const { text } = await said('doctor', `--simulate=${scenario}`);
    expect(text).toContain(services);
    expect(text).toContain(evidence);
  });
});

describe('a server in a failover', () => {
  it('is not said to be paused, nor that its stopped services are started again if they end', async () => {
    const { exitCode, text } = await said('plan', '--simulate=failed-over');
    expect([exitCode, text]).toEqual([3, expect.stringContaining('every service is paused or stopped, and held already')]);
    expect(text).not.toContain('recovery action');
  });
});

describe('a plan', () => {
  it.each([
    ['automatic-dependent', 'because a service that starts automatically needs them: RTCMEDSRV. The stronger hold "Disabled" prevents it'],
    ['trigger-start', 'because Windows starts them on an event (trigger start), or settings could not be read: RTCMEDSRV'],
  ])('says why a restart would start a service, and what prevents it: %s', async (scenario, why) => {
    const { text } = await said('plan', `--simulate=${scenario}`);
    expect(text).toContain(why);
    expect(text).toContain('--hold disabled');
    expect((await said('plan', '--hold', 'disabled')).text).not.toContain('After a restart these');
  });
});

describe('the inventory', () => {
  it('shows the end of a display name that is too long, because all begin with the name of the product', async () => {
    const { out } = await cli.run('services', '--simulate=front-end-2019');
    expect(out).toMatch(/^RTCMEDSRV .* ~\S.* Server Mediation$/m);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
