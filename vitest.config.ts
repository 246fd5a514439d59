import { existsSync } from 'node:fs';

import { defineConfig } from 'vitest/config';

/** Suites of some seconds each: every place of a kill or a fault, full products, programs that are really started, linter and bundler. */
const LONG_SUITES = [
  'test/cli/accepted-sessions.test.ts',
  'test/cli/broken-settings.test.ts',
  'test/cli/end-to-end.test.ts',
  'test/cli/other-servers.test.ts',
  'test/cli/quick-pause-end.test.ts',
  'test/cli/roles.test.ts',
  'test/cli/surroundings.test.ts',
  'test/cli/unreadable-record.test.ts',
  'test/cli/verdict.test.ts',
  'test/cli/walk.test.ts',
  'test/engine/accepting.test.ts',
  'test/engine/awakenings.test.ts',
  'test/engine/clocks.test.ts',
  'test/engine/daylight-saving.test.ts',
  'test/engine/delayed-start.test.ts',
  'test/engine/drain-groups.test.ts',
  'test/engine/full-disk.test.ts',
  'test/engine/further-order.test.ts',
  'test/engine/held-zero.test.ts',
  'test/engine/invariants.test.ts',
  'test/engine/kills.test.ts',
  'test/engine/losses.test.ts',
  'test/engine/maintenance.test.ts',
  'test/engine/oddities.test.ts',
  'test/engine/pause-end.test.ts',
  'test/engine/people.test.ts',
  'test/engine/pool-claim.test.ts',
  'test/engine/quick-pause.test.ts',
  'test/engine/readings-again.test.ts',
  'test/engine/restart-truth.test.ts',
  'test/engine/server-sleeps.test.ts',
  'test/engine/two-in-one-process.test.ts',
  'test/engine/verdict-over-time.test.ts',
  'test/engine/way-back-failures.test.ts',
  'test/engine/way-back-proof.test.ts',
  'test/event-log/windows-event-log.test.ts',
  'test/golden/maintenance.test.ts',
  'test/maintenance/allowed-orders.test.ts',
  'test/maintenance/restart-verdict.test.ts',
  'test/pool/dns-name-service.test.ts',
  'test/pool/remote-services.test.ts',
  'test/powershell/cmdlet-activities.test.ts',
  'test/powershell/pool-cmdlets.test.ts',
  'test/record/lock-processes.test.ts',
  'test/record/record-faults.test.ts',
  'test/roles/copied-server.test.ts',
  'test/roles/role-walks.test.ts',
  'test/rules/bundle-elsewhere.test.ts',
  'test/rules/bundle.test.ts',
  'test/rules/code-rules.test.ts',
  'test/rules/compiler.test.ts',
  'test/rules/find-electron.test.ts',
  'test/rules/format.test.ts',
  'test/rules/layers.test.ts',
  'test/rules/source-maps.test.ts',
  'test/rules/workflows.test.ts',
  'test/service-control/win32/blocked-orders.test.ts',
  'test/sessions/connection-counter.properties.test.ts',
  'test/sessions/counter-reader.test.ts',
  'test/shell/looking-on.test.ts',
  'test/simulated/oddities.test.ts',
  'test/simulated/simulated-store.test.ts',
];

const missing = LONG_SUITES.filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`LONG_SUITES names what is not there: ${missing.join(', ')}`);

/** Suites that need Wine, Electron or a package. */
const BEYOND_NODE = ['test/windows/**', 'test/renderer/*.test.ts', 'test/app/**', 'test/desktop/**', 'test/packages/**'];

/** What a test waits for comes in a moment, or never: a busy machine is no failure. */
const PATIENT = { poll: { timeout: 20_000 } };

/** Only a hang should end a test: whole maintenances run here, on machines that do other things too. */
const UNIT = {
  include: ['test/**/*.test.ts'],
  environment: 'node',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: PATIENT,
};

/**
 * Suites by what they need: `unit` and `rules` run anywhere, `windows` needs Wine and mingw-w64, `electron` an Electron and a
 * display, `desktop` and `packages` both, `packages` also NSIS. Files of all these but the last take the same ports or the same
 * measure of time, so they run one after another.
 */
const config = defineConfig({
  test: {
    projects: [
      { test: { ...UNIT, name: 'unit', exclude: ['test/rules/**', ...BEYOND_NODE] } },
      {
        // For `npm run check`: without the long suites. Suites share their modules: loading them takes longer than the tests.
        test: {
          ...UNIT,
          name: 'quick',
          exclude: [...BEYOND_NODE, ...LONG_SUITES],
          isolate: false,
        },
      },
      {
        test: {
          name: 'rules',
          include: ['test/rules/**/*.test.ts'],
          environment: 'node',
          expect: PATIENT,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'windows',
          include: ['test/windows/**/*.test.ts'],
          environment: 'node',
          expect: PATIENT,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          globalSetup: ['test/harness/desktop/package-app.ts'],
          environment: 'node',
          expect: PATIENT,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        // No tests: `npm run pictures:windows` takes those in docs/pictures.
        test: {
          name: 'pictures',
          include: ['test/desktop/window.pictures.ts'],
          globalSetup: ['test/harness/desktop/package-app.ts'],
          environment: 'node',
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['test/packages/**/*.test.ts'],
          globalSetup: ['test/harness/packages/packages.ts'],
          environment: 'node',
          expect: PATIENT,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'electron',
          include: ['test/{renderer,app}/*.test.ts'],
          environment: 'node',
          expect: PATIENT,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

export default config;
