import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createPoolCmdlets } from '../../electron/adapters/powershell/pool-cmdlets.js';
import type { PoolCmdlets } from '../../electron/ports/pool-information.js';

/** The same tests run against a real PowerShell where LYNC_DRAIN_TEST_POWERSHELL names one by its full path. */
const POWERSHELLS = [
  { name: 'the stand-in', program: resolve('test/powershell/stand-in.mjs'), startMs: 2_000 },
  ...[process.env['LYNC_DRAIN_TEST_POWERSHELL']]
    .filter((path) => path !== undefined)
    .map((program) => ({ name: program, program, startMs: 20_000 })),
];

let folder: string;
let cmdlets: PoolCmdlets;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lync-drain-pool-'));
  await writeFile(join(folder, 'scenario'), 'answers');
});

afterEach(async () => {
  cmdlets.end();
  await rm(folder, { recursive: true, force: true });
});

async function calls(): Promise<readonly string[]> {
  const path = join(folder, 'calls');
  return existsSync(path) ? (await readFile(path, 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '') : [];
}

describe('a PowerShell that is ended', () => {
  it('keeps no pipe of ours open, although what it started lives on: our own process would not end', async () => {
    // Node has it from version 17 on; its types here are older.
    const { getActiveResourcesInfo } = process as unknown as { readonly getActiveResourcesInfo: () => readonly string[] };
    const pipes = (): number => getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
    const before = pipes();
    await writeFile(join(folder, 'pool'), 'leaves-a-process');
    const files = { SCENARIO_FILE: join(folder, 'scenario'), CALLS_FILE: join(folder, 'calls'), POOL_FILE: join(folder, 'pool') };
    cmdlets = createPoolCmdlets({
      place: { program: resolve('test/powershell/stand-in.mjs'), environment: { PATH: process.env['PATH'] ?? '', HOME: folder, ...files } },
      moduleFolder: resolve('test/powershell/modules'),
    });
    expect(await cmdlets.readMembers()).toMatchObject({ kind: 'read' });
    expect(pipes()).toBeGreaterThan(before);
    cmdlets.end();
    await expect.poll(pipes, { timeout: 3_000 }).toBe(before);
  });
});

describe.each(POWERSHELLS)('the pool, as the cmdlets say it in $name', ({ program, startMs }) => {
  /** @param oddities what is wrong with which cmdlet, as the module reads it */
  async function open(oddities: readonly string[], options: { moduleFolder?: string; timeoutMs?: number } = {}): Promise<PoolCmdlets> {
    await writeFile(join(folder, 'pool'), oddities.join('\n'));
    const files = { SCENARIO_FILE: join(folder, 'scenario'), CALLS_FILE: join(folder, 'calls'), POOL_FILE: join(folder, 'pool') };
    return createPoolCmdlets({
      place: { program, environment: { PATH: process.env['PATH'] ?? '', HOME: folder, ...files } },
      moduleFolder: options.moduleFolder ?? resolve('test/powershell/modules'),
      timeoutMs: options.timeoutMs ?? 60_000,
    });
  }

  it('is the one that holds this computer, with all its servers', async () => {
    cmdlets = await open([]);
    expect(await cmdlets.readMembers()).toEqual({
      kind: 'read',
      value: {
        fqdn: 'pool01.contoso.com',
        members: ['fe01.contoso.com', 'fe02.contoso.com', 'fe03.contoso.com'],
        own: expect.any(String) as string,
      },
    });
    expect(await calls()).not.toContain('Get-CsTopology');
  });

  it('may have one server', async () => {
    cmdlets = await open(['Get-CsPool=alone']);
    expect(await cmdlets.readMembers()).toMatchObject({ kind: 'read', value: { members: ['fe01.contoso.com'] } });
  });

  it.each(['Get-CsComputer=denies', 'Get-CsPool=denies', 'Get-CsPool=fails'])(
    'is read from the local copy of the topology by the whole name of this computer when %s',
    async (oddity) => {
      cmdlets = await open([oddity]);
      expect(await cmdlets.readMembers()).toMatchObject({ kind: 'read', value: { fqdn: 'pool02.contoso.com' } });
    },
  );

  it.each([
    [['Get-CsComputer=denies', 'Get-CsTopology=denies'], 'cmdlet-denied', /Zugriff verweigert/],
    [['Get-CsComputer=fails', 'Get-CsTopology=fails'], 'cmdlet-failed', /nicht erreichbar/],
    [['Get-CsComputer=denies', 'Get-CsTopology=lacks-us'], 'not-told', /no one cluster/],
    [['Get-CsPool=lacks-computers'], 'not-told', /told no pool/],
  ])('is not known with the reason when %s', async (oddities, trouble, raw) => {
    cmdlets = await open(oddities);
    expect(await cmdlets.readMembers()).toMatchObject({ kind: 'unavailable', trouble, raw: expect.stringMatching(raw) as string });
  });

  it('says of every pool of the topology what it is to this server', async () => {
    cmdlets = await open([]);
    const topology = await cmdlets.readTopology();
    expect(topology).toMatchObject({ kind: 'read', value: { isWhole: true } });
    if (topology.kind !== 'read') return;
    expect(topology.value.pools.map(({ fqdn, kind }) => [fqdn, kind])).toEqual([
      ['pool01.contoso.com', 'pool-member'],
      ['edge.contoso.com', 'edge'],
      ['192.168.0.240', 'gateway'],
      ['med.contoso.com', 'server'],
    ]);
    expect(topology.value.pools.map(({ members }) => members.length)).toEqual([2, 1, 1, 1]);
  });

  it('says it from the local copy of the topology, which is not whole, when the store is refused', async () => {
    cmdlets = await open(['Get-CsPool=denies']);
    const topology = await cmdlets.readTopology();
    expect(topology).toMatchObject({ kind: 'read', value: { isWhole: false } });
    if (topology.kind !== 'read') return;
    expect(topology.value.pools.map(({ fqdn, kind }) => [fqdn, kind])).toEqual([
      ['edge.contoso.com', 'server'],
      ['pool02.contoso.com', 'pool-member'],
    ]);
  });

  it.each([
    [['Get-CsPool=denies', 'Get-CsTopology=fails'], 'cmdlet-failed'],
    [['Get-CsPool=lacks-us'], 'not-told'],
  ])('says nothing of the topology, with the reason, when %s', async (oddities, trouble) => {
    cmdlets = await open(oddities);
    expect(await cmdlets.readTopology()).toMatchObject({ kind: 'unavailable', trouble });
  });

  it('is not known without the module', async () => {
    cmdlets = await open([], { moduleFolder: folder });
    const none = { kind: 'unavailable', trouble: 'cmdlet-missing' };
    expect([await cmdlets.readMembers(), await cmdlets.readReadiness()]).toMatchObject([none, none]);
  });

  it('is not known when a cmdlet hangs; the next question has a PowerShell of its own', async () => {
    cmdlets = await open(['Get-CsComputer=hangs'], { timeoutMs: startMs });
    const [members, readiness] = await Promise.all([cmdlets.readMembers(), cmdlets.readReadiness()]);
    expect(members).toMatchObject({ kind: 'unavailable', trouble: 'did-not-answer' });
    expect(readiness).toMatchObject({ kind: 'read' });
  });

  it.each([
    [[], 'ready'],
    [['Get-CsPoolUpgradeReadinessState=Busy'], 'busy'],
    [['Get-CsPoolUpgradeReadinessState=InsufficientActiveFrontEnds'], 'insufficient'],
    [['Get-CsPoolUpgradeReadinessState=waits-for-replicas'], 'ready'],
  ])('says its readiness wherever the state stands, and how many Front Ends are active: %s', async (oddities, state) => {
    cmdlets = await open(oddities);
    expect(await cmdlets.readReadiness()).toEqual({ kind: 'read', value: { state, active: 2 } });
  });

  it('says its readiness by the cmdlet of 2019 where that is the one there is, the worst of several states', async () => {
    cmdlets = await open(['is-2019']);
    expect(await cmdlets.readReadiness()).toEqual({ kind: 'read', value: { state: 'busy', active: null } });
  });

  it.each([
    [['no-readiness'], 'cmdlet-missing'],
    [['Get-CsPoolUpgradeReadinessState=denies'], 'cmdlet-denied'],
    [['Get-CsPoolUpgradeReadinessState=says-nothing'], 'not-told'],
  ])('does not say its readiness when %s', async (oddities, trouble) => {
    cmdlets = await open(oddities);
    expect(await cmdlets.readReadiness()).toMatchObject({ kind: 'unavailable', trouble });
  });

  it('shows its fabric state as text, and takes a name for a name whatever it holds', async () => {
    cmdlets = await open([]);
    const name = "pool01'); Stop-CsWindowsService; ('";
    expect(await cmdlets.readFabricState(name)).toMatchObject({
      kind: 'read',
      value: expect.stringContaining(`Replica Instances for ${name}`) as string,
    });
  });
});
