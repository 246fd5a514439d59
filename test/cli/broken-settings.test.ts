import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CliProgram } from '../harness/cli/cli-program.js';

const TIMEOUT_MS = 60_000;
const IN_SECONDS = '{"schema":1,"holdTimeMs":60}';

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

function writeSettings(text: string): void {
  if (!existsSync(cli.dataFolder)) mkdirSync(cli.dataFolder, { mode: 0o700 });
  writeFileSync(join(cli.dataFolder, 'settings.json'), text, { mode: 0o600 });
}

describe('a settings file that cannot be used', () => {
  it.each(['status', 'services', 'history', 'report', 'doctor', 'plan', 'watch', 'drain', 'pause', 'confirm'])(
    'is told by %s, with its path, the entry and exit code 10',
    async (command) => {
      writeSettings(IN_SECONDS);
      const { exitCode, err } = await cli.run(command);
      expect(exitCode).toBe(10);
      expect(err).toContain('LD-4006');
      expect(err.replace(/\s+/g, ' ')).toContain(`${join(cli.dataFolder, 'settings.json')} cannot be used (holdTimeMs: 60 < 1000 ms)`);
    },
  );

  it('keeps nobody from looking', async () => {
    writeSettings(IN_SECONDS);
    expect((await cli.run('status')).out).toContain('RTCSRV');
    expect(JSON.parse((await cli.run('status', '--json')).out)).toMatchObject({ schema: 1, run: null });
    expect((await cli.run('doctor')).out).toContain('RTCSRV');
  });

  it('keeps nobody from the way back, which says that it goes on with the usual settings', async () => {
    expect((await cli.run('drain', '--no-wait', '--speed', '300')).exitCode).toBe(0);
    writeSettings('{"schema":1,');
    const { exitCode, out, err } = await cli.run('resume');
    expect([exitCode, err]).toEqual([0, expect.stringContaining('LD-4006')]);
    expect(err).toContain('goes on with the usual ones');
    expect(out).toContain('Back in service');
  });

  it('is a file that others may write, too: what it says is not obeyed, and the way back goes on', async () => {
    expect((await cli.run('pause', '--no-wait', '--speed', '300')).exitCode).toBe(0);
    writeSettings('{"schema":1}');
    await cli.inShell('chmod 666 data/settings.json', []);
    expect((await cli.run('drain')).exitCode).toBe(10);
    expect((await cli.run('resume')).exitCode).toBe(0);
  });
});

describe('a service in the settings that is not installed', () => {
  it('is told with the file, by what would use it only', async () => {
    writeSettings('{"schema":1,"services":["rtcrgz"]}');
    for (const command of ['plan', 'drain', 'pause']) {
      const { exitCode, err } = await cli.run(command);
      expect([exitCode, err]).toEqual([10, expect.stringContaining('LD-4011')]);
      expect(err).toContain('settings.json');
      expect(err).toContain('Did you mean "RTCRGS"?');
    }
    expect((await cli.run('drain', '--json')).out).toContain('"exitCode":10');
    expect((await cli.run('plan', 'RTCRGS')).exitCode).toBe(0);
    expect((await cli.run('plan', 'RTCFOO')).exitCode).toBe(2);
  });

  it('is told by what looks, with the next step, and keeps nobody from looking', async () => {
    writeSettings('{"schema":1,"services":["rtcrgz","RTCRGS","RTCNONE"]}');
    const status = await cli.run('status');
    expect([status.exitCode, status.err]).toEqual([0, expect.stringContaining('LD-4011')]);
    expect(status.err).toContain('"rtcrgz"');
    expect(status.err).toContain('Did you mean "RTCRGS"?');
    expect(status.err).toContain('"RTCNONE"');
    expect((await cli.run('status', '-q')).err).toContain('LD-4011');
    const doctor = await cli.run('doctor');
    expect([doctor.exitCode, doctor.out]).toEqual([0, expect.stringContaining('note  LD-4011')]);
    expect(doctor.out).toContain('Next: Take the name out of the file');
    expect(JSON.parse((await cli.run('status', '--json')).out)).toMatchObject({ warnings: [{ code: 'LD-4011' }, { code: 'LD-4011' }] });
    writeSettings('{"schema":1,"services":["rtcrgs"]}');
    expect((await cli.run('status')).err).not.toContain('LD-4011');
    expect((await cli.run('doctor')).out).not.toContain('LD-4011');
    expect(JSON.parse((await cli.run('status', '--json')).out)).toMatchObject({ warnings: [] });
  });
});
