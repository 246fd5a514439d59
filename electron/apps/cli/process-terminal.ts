import { EXIT_CODES } from '../../contract/outcome.js';
import { listenForInterruption } from './interruption.js';
import type { Output, Terminal } from './terminal.js';

const DEFAULT_COLUMNS = 80;

/** This process as a terminal. */
export function processTerminal(productVersion: string): Terminal {
  return {
    stdout: toOutput(process.stdout),
    stderr: toOutput(process.stderr),
    environment: process.env,
    // Cheaper than asking the date format: that loads all of the system's language data.
    systemLocale: () => new Intl.PluralRules().resolvedOptions().locale,
    processId: process.pid,
    interruption: listenForInterruption(process, () => process.exit(EXIT_CODES.interrupted)),
    productVersion,
    knowsItIsSimulated: false,
  };
}

function toOutput(stream: NodeJS.WriteStream): Output {
  let failure: string | null = null;
  // The reader of our output has left (`| head -1`): the work on the server goes on, its output is dropped.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error.code ?? error.message;
  });
  return {
    write: (text) => {
      if (stream.writable) stream.write(text);
    },
    // Missing, not false, where the stream is no terminal; and what picocolors is not told it decides by `CI` and the system.
    isTerminal: (stream.isTTY as boolean | undefined) === true,
    get columns() {
      return stream.columns > 0 ? stream.columns : DEFAULT_COLUMNS;
    },
    get failure() {
      return failure;
    },
  };
}
