import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { PackagedCli, packageEdition } from '../harness/windows/packaged-cli.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const TIMEOUT_MS = 120_000;

describeWhere(WINDOWS)('a data folder that cannot be one, on Windows', () => {
  let server: WindowsServer;
  let cli: PackagedCli;

  beforeAll(async () => {
    await packageEdition();
    server = await WindowsServer.start();
    cli = new PackagedCli(server);
  }, 300_000);
  afterAll(() => server.stop());

  it.each([
    ['C:\\a\\|b', 'LD-4012'],
    ['CON', 'LD-4012'],
    ['C:\\aux\\x', 'LD-4012'],
    ['Q:\\x', 'LD-4008'],
    ['\\\\nohost\\share', 'LD-4008'],
    ['\\\\nohost\\share\\data', 'LD-4008'],
  ])(
    'is told with its path and the reason, and never as a trouble of services: %s',
    async (folder, code) => {
      for (const command of ['status', 'drain', 'doctor']) {
        for (const simulated of [[], ['--simulate']]) {
          const { exitCode, stderr } = await cli.run(command, '--data', folder, ...simulated);
          expect([exitCode, stderr]).toEqual([10, expect.stringContaining(code)]);
          expect(stderr.replace(/\s+/g, ' ')).toContain(folder);
        }
      }
    },
    TIMEOUT_MS,
  );
});
