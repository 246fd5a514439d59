import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CliProgram } from '../harness/cli/cli-program.js';

const TIMEOUT_MS = 60_000;

let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
let cli: CliProgram;

beforeAll(async () => {
  bundle = await CliProgram.bundle();
}, TIMEOUT_MS);
afterAll(() => bundle.remove());
beforeEach(async () => {
  cli = bundle.program();
  await cli.run('drain', 'RTCRGS', 'RTCCPS', '--no-wait', '--speed', '300', '--reason', 'CHG-9');
});
afterEach(() => cli.remove());

function recordFile(): string {
  const runs = join(cli.dataFolder, 'runs');
  return join(
    runs,
    readdirSync(runs).find((name) => name.endsWith('.jsonl'))!,
  );
}

/** Flips a bit in the middle of a line, counted from 1. */
function damage(line: number): Buffer {
  const bytes = readFileSync(recordFile());
  const before = bytes
    .toString('latin1')
    .split('\n')
    .slice(0, line - 1)
    .join('\n').length;
  bytes.writeUInt8(bytes.readUInt8(before + 40) ^ 1, before + 40);
  writeFileSync(recordFile(), bytes);
  return bytes;
}

describe('a damaged record of an open run', () => {
  it(
    'leaves the services to be seen, with what is left of it and the undo card, and nothing is acted on',
    async () => {
      const damaged = damage(4);
      const { exitCode, out, err } = await cli.run('status');
      expect([exitCode, err]).toEqual([10, expect.stringContaining('LD-4003')]);
      expect(out).toMatch(/RTCRGS +Paused +Manual/);
      expect(out).toMatch(/RTCSRV +Running/);
      expect(out).toContain('Reason: CHG-9');
      expect(out).toMatch(/Before the maintenance:\n.*\nRTCRGS +Running +Automatic \(Delayed Start\)/);
      expect(out).toContain('sc.exe config RTCCPS start= auto');
      for (const command of ['services', 'plan']) {
        const ended = await cli.run(command);
        expect([ended.exitCode, ended.err]).toEqual([10, expect.stringContaining('LD-4003')]);
        expect(ended.out).toMatch(/RTCRGS +Paused/);
        expect(ended.out).toContain('.undo.txt');
      }
      expect(readFileSync(recordFile())).toEqual(damaged);
    },
    TIMEOUT_MS,
  );

  it('is a finding of doctor, beside services that can be read', async () => {
    damage(4);
    const { exitCode, out } = await cli.run('doctor', '--json');
    const { checks } = JSON.parse(out) as { checks: { id: string; result: string; next: string | null }[] };
    expect(exitCode).toBe(1);
    expect(checks.find(({ id }) => id === 'record')).toMatchObject({
      result: 'fail',
      next: expect.stringContaining('.undo.txt') as string,
    });
    expect(checks.find(({ id }) => id === 'services')?.result).toBe('pass');
  });

  it('is never said to be safe to restart, nor to be no run, in JSON', async () => {
    damage(4);
    const { exitCode, out } = await cli.run('status', '--json');
    expect(exitCode).toBe(10);
    expect(JSON.parse(out)).toMatchObject({
      ...{ schema: 1, run: null, ready: false, safeToRestart: false, problem: { code: 'LD-4003' } },
      record: {
        entries: 3,
        reason: 'CHG-9',
        undoCard: expect.stringContaining('.undo.txt') as string,
        services: [{ serviceName: 'RTCRGS', startType: 'auto-delayed' }],
      },
    });
  });

  it.each(['drain', 'resume', 'confirm', 'watch', 'pause'])('is not gone on with by %s, which names the undo card', async (command) => {
    const damaged = damage(4);
    const { exitCode, err } = await cli.run(command);
    expect([exitCode, err]).toEqual([10, expect.stringContaining('LD-4003')]);
    expect(err).toContain('.undo.txt');
    expect(readFileSync(recordFile())).toEqual(damaged);
  });

  it('leaves the services to be seen also where nothing of it can be read', async () => {
    writeFileSync(recordFile(), 'rubbish\n');
    const { exitCode, out } = await cli.run('status');
    expect(exitCode).toBe(10);
    expect(out).toMatch(/RTCRGS +Paused/);
    expect(out).toContain('sc.exe config RTCRGS start= delayed-auto');
  });
});

describe('a record that lost its last lines', () => {
  it(
    'is told by every look, and brought back by resume',
    async () => {
      const lines = readFileSync(recordFile(), 'utf8').split('\n');
      writeFileSync(recordFile(), `${lines.slice(0, 4).join('\n')}\n`);
      for (const command of ['status', 'services', 'plan', 'drain', 'confirm']) {
        expect(await cli.run(command)).toMatchObject({ exitCode: 10, err: expect.stringContaining('LD-4013') as string });
      }
      const { exitCode, out, err } = await cli.run('resume');
      expect([exitCode, err.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('are missing: it has 4 entries')]);
      expect(out).toContain('Back in service');
      expect((await cli.run('report')).out).toContain('The last lines of the record were found missing');
      expect((await cli.run('status')).out).toMatch(/RTCRGS +Running +Automatic \(Delayed Start\)/);
    },
    TIMEOUT_MS,
  );
});
