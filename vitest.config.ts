import { defineConfig } from 'vitest/config';

/**
 * Suites by what they need: `unit` and `rules` run anywhere, `windows` needs Wine and mingw-w64, `electron` an Electron and a
 * display, `desktop` and `packages` both, `packages` also NSIS. Files of all these but the last take the same ports or the same
 * measure of time, so they run one after another.
 */
const config = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/rules/**', 'test/windows/**', 'test/renderer/**', 'test/app/**', 'test/desktop/**', 'test/packages/**'],
          environment: 'node',
          // Only a hang should end a test: whole maintenances run here, on machines that do other things too.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'rules',
          include: ['test/rules/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'windows',
          include: ['test/windows/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          globalSetup: ['test/desktop/harness/package-app.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        // No tests: `npm run pictures:windows` takes those in docs/pictures.
        test: {
          name: 'pictures',
          include: ['test/desktop/pictures.ts'],
          globalSetup: ['test/desktop/harness/package-app.ts'],
          environment: 'node',
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['test/packages/**/*.test.ts'],
          globalSetup: ['test/packages/harness/packages.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'electron',
          include: ['test/{renderer,app}/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

export default config;
