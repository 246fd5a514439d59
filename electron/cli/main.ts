import { describeFailure, LogFile } from '../logging/log-file.js';
import { openThisServer, productVersion } from '../this-server.js';
import { processTerminal } from './process-terminal.js';
import { runCli, type FailureLog } from './run-cli.js';

/** The terminal front's composition root. */
const failureLog: FailureLog = {
  write: (dataFolder, failure) => (dataFolder === null ? null : new LogFile(dataFolder, () => new Date().toISOString()).write(describeFailure(failure))),
};

void runCli(process.argv.slice(2), processTerminal(productVersion), openThisServer, failureLog).then((exitCode) => {
  process.exitCode = exitCode;
});
