import { processTerminal } from './apps/cli/process-terminal.js';
import { runCli, type FailureLog } from './apps/cli/run-cli.js';
import { isWindows, openMachine } from './composition/open-machine.js';
import { openThisServer, productVersion } from './composition/this-server.js';

/** The terminal front's composition root. */
const failureLog: FailureLog = {
  write: async (dataFolder, failure) =>
    dataFolder === null ? null : (await import('./composition/failure-log.js')).logFailure(dataFolder, failure, openMachine),
};

/** Set by electron/quick-start.ts, which loads this. */
const isCompiledElsewhere = globalThis.LYNC_DRAIN_IS_COMPILED_FOR_ANOTHER_NODE === true;

async function start(): Promise<void> {
  const output = isWindows ? await (await import('./composition/console-output.js')).findConsoleOutput() : null;
  const terminal = { ...processTerminal(productVersion, output), isCompiledElsewhere };
  process.exitCode = await runCli(process.argv.slice(2), terminal, openThisServer, failureLog);
  // All is closed and written: what Node would still do is to take its own memory apart.
  if (terminal.hasWrittenAll()) process.exit();
}

void start();
