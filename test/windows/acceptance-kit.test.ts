import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { KitServer, missingForKit } from '../harness/windows/acceptance-kit.js';
import { NOT_POSSIBLE, NOT_POSSIBLE_LATER } from '../harness/windows/kit-only.js';
import { missingTools } from '../harness/windows/wine.js';

const KIT = { missing: [...missingTools(), ...missingForKit] };

const PASSED = 45;

/** Each call that is left out, with the check that must see it. */
const RED = {
  'launcher/version': 'launcher/says-its-version',
  'launcher/statsu': 'launcher/usage-is-2',
  'launcher/odd-word': 'launcher/words-exact',
  'launcher/doctor': 'launcher/doctor-knows',
  'maintenance/plan': 'maintenance/plan-changes-nothing',
  'maintenance/drain': 'maintenance/waits-for-acceptance',
  'maintenance/confirm-early': 'maintenance/not-signed-off-while-busy',
  'maintenance/accept': 'maintenance/accepted',
  'maintenance/confirm': 'maintenance/confirmed',
  'maintenance/resume': 'maintenance/back',
  'maintenance/report': 'maintenance/report',
  'counted/drain': 'counted/waits-for-the-last',
  'counted/confirm': 'counted/safe-to-restart',
  'counted/resume': 'counted/counted-back',
  'misbehaving/drain': 'misbehaving/hang-waited-for',
  'misbehaving/confirm': 'misbehaving/never-ready',
  'misbehaving/resume': 'misbehaving/slow-start-waited-for',
  'killed/drain-killed': 'killed/nothing-left',
  'killed/drain': 'killed/takes-over',
  'killed/resume-killed': 'killed/killed-on-the-way-back',
  'killed/resume': 'killed/killed-on-the-way-back',
  'two-administrators/drain': 'two-administrators/one-works',
  'two-administrators/drain-too': 'two-administrators/one-works',
  'two-administrators/resume-asking': 'two-administrators/outside-change-told',
  'two-administrators/resume': 'two-administrators/choice-kept',
  'quick-pause/pause': 'quick-pause/pause-only',
  EnumServicesStatusExW: 'maintenance/plan-changes-nothing',
  QueryServiceConfigW: 'maintenance/waits-for-acceptance',
  QueryServiceStatusEx: 'maintenance/waits-for-acceptance',
  ControlService: 'maintenance/paused',
  ChangeServiceConfigW: 'maintenance/waits-for-acceptance',
  StartServiceW: 'misbehaving/slow-start-waited-for',
};

/** Begins every edition that lies: the real one does what was ordered, and the arguments are those that were typed. */
const AROUND_THE_REAL_ONE = `
const { spawnSync } = require('child_process');
const words = process.argv.slice(2);
const real = (more, output) => spawnSync(process.execPath, [__dirname + '/real.cjs', ...words, ...more], { stdio: ['ignore', output, 'inherit'] });
`;

/** Puts everything back but one start type, and says that all is well. */
const SWALLOWS_A_START_TYPE = `${AROUND_THE_REAL_ONE}
const { status } = real([], 'inherit');
if (words[0] === 'resume') {
  const library = require('./koffi.cjs').load('advapi32.dll');
  const of = (name, result, ...types) => library.func('__stdcall', name, result, types);
  const manager = of('OpenSCManagerW', 'uintptr_t', 'void *', 'void *', 'uint32')(null, null, 1);
  const service = of('OpenServiceW', 'uintptr_t', 'uintptr_t', 'str16', 'uint32')(manager, 'RTCCHAT', 2);
  const change = of('ChangeServiceConfigW', 'int', 'uintptr_t', 'uint32', 'uint32', 'uint32', ...Array(7).fill('void *'));
  change(service, 0xffffffff, 3, 0xffffffff, ...Array(7).fill(null));
}
process.exit(status);
`;

/** Does not wait, and says that all is quiet. */
const READY_EARLY = `${AROUND_THE_REAL_ONE}
if (words[0] !== 'drain') process.exit(real([], 'inherit').status);
real(['--no-wait'], 'ignore');
require('fs').writeSync(1, JSON.stringify({ type: 'result', exitCode: 0, outcome: 'ready' }) + '\\n');
process.exit(0);
`;

describeWhere(KIT)('the acceptance kit, unpacked elsewhere', () => {
  let kit: KitServer;
  beforeAll(async () => {
    kit = await KitServer.start();
  });
  afterEach(async () => {
    expect(await kit.leftovers()).toEqual([]);
    await kit.forgetReport();
  });
  afterAll(() => kit.stop());

  it('passes what this Windows can, and says of the rest that it is not possible', { timeout: 300_000 }, async () => {
    const ended = await kit.run();
    const { counts, checks, windows, notes } = await kit.report();
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(checks.flatMap(({ id, outcome }) => (outcome === 'not-possible' ? [id] : []))).toEqual(NOT_POSSIBLE);
    expect(counts).toEqual({ passed: PASSED, failed: 0, 'not-possible': NOT_POSSIBLE.length });
    expect(notes).toEqual([]);
    expect(windows).toMatchObject({ version: expect.stringMatching(/^10\.0\.\d+$/) as string, wine: expect.any(String) as string });
    const page = await kit.page();
    expect(page).toContain('<h1>Nothing failed</h1>');
    expect(page).toContain(`Wine ${windows.wine}, which says it is`);
    for (const { id } of checks) expect(page).toContain(`<td>${id}</td>`);
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`${PASSED} passed, 0 failed`) as string });
  });

  it('turns a named check red for each call that is left out', { timeout: 900_000 }, async () => {
    const ended = await kit.run('--prove');
    const { proofs } = await kit.report();
    expect(Object.fromEntries(proofs.map(({ leftOut, red }) => [leftOut, red]))).toEqual(RED);
    expect(ended.exitCode).toBe(0);
  });

  it.each([
    ['swallows a start type', SWALLOWS_A_START_TYPE, 'maintenance/back'],
    ['claims ready early', READY_EARLY, 'maintenance/waits-for-acceptance'],
  ])('turns a named check red for an edition that %s', { timeout: 180_000 }, async (_, script, red) => {
    await kit.fakeEdition(script);
    try {
      expect((await kit.run('--only', 'maintenance')).exitCode).toBe(1);
      const failed = (await kit.report()).checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
      expect(failed).toContain(red);
    } finally {
      await kit.fakeEdition(null);
    }
  });

  it('takes everything away at the next start when it was killed in the middle', { timeout: 180_000 }, async () => {
    const first = await kit.launch('--only', 'killed');
    await expect.poll(() => kit.kitServices(), { timeout: 60_000 }).toContain('RTCMEETINGMCU');
    await kit.killRunner();
    await first.ended;
    expect(await kit.leftovers()).not.toEqual([]);
    const next = await kit.run('--clean-up');
    expect(next).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('what an earlier run left') as string });
  });

  it('goes on after a restart with what the first part left', { timeout: 240_000 }, async () => {
    const first = await kit.run('--only', 'tray', '--second-part');
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The second part waits') as string });
    expect(await kit.kitServices()).toEqual(expect.arrayContaining(['RTCCHAT', 'RTCMEETINGMCU']));
    const runOnce = await kit.reg('query', 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnce');
    expect(runOnce.stdout).toContain('run.cmd" --continue');
    expect((await kit.run()).exitCode).toBe(3);

    // Windows runs the second part at the sign-in, and so does Wine when it starts.
    await kit.restart();
    await expect.poll(async () => (await kit.report()).checks.length, { timeout: 120_000 }).toBe(8);
    await expect.poll(() => kit.leftovers(), { timeout: 30_000 }).toEqual([]);
    const { checks } = await kit.report();
    expect(Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]))).toEqual({
      'tray/tray-starts': 'not-possible',
      'tray/tray-touches-nothing': 'not-possible',
      'second-part/stayed-quiet': 'passed',
      'second-part/restart-known': 'passed',
      'second-part/restart-back': 'passed',
      ...Object.fromEntries(NOT_POSSIBLE_LATER.map((id) => [id, 'not-possible'])),
    });
    expect(await kit.run('--continue')).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('No second part waits') as string });
  });

  it('refuses beside Lync, and changes nothing', { timeout: 120_000 }, async () => {
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Real-Time Communications';
    await kit.reg('add', key, '/f');
    const registered = await kit.run();
    await kit.reg('delete', key, '/f');
    expect(registered).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('is registered on this machine') as string });

    await kit.witness.create({ serviceName: 'RTCSRV', binary: 'C:\\Program Files\\Lync\\RtcSrv.exe' });
    const installed = await kit.run();
    expect(await kit.kitServices()).toEqual(['RTCSRV']);
    await kit.witness.delete('RTCSRV');
    expect(installed).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("not the kit's: RTCSRV") as string });
    await expect(kit.report()).rejects.toThrow('ENOENT');
  });

  it('says what it understands', async () => {
    const ended = await kit.run('--nonsense');
    expect(ended).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('Not understood: --nonsense') as string });
    const listed = await kit.run('--list');
    expect(listed.stdout.match(/^ {2}check /gm)).toHaveLength(PASSED + NOT_POSSIBLE.length);
  });
});
