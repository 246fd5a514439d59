import { EXIT_CODES } from '../../contract/outcome.js';
import { directOutput } from './direct-output.js';
import { listenForInterruption } from './interruption.js';
import type { Output, Terminal } from './terminal.js';

const DEFAULT_COLUMNS = 80;

/** This process as a terminal. */
export function processTerminal(productVersion: string): Terminal {
  return {
    stdout: toOutput('stdout', 1),
    stderr: toOutput('stderr', 2),
    environment: process.env,
    // Cheaper than asking the date format: that loads all of the system's language data.
    systemLocale: () => new Intl.PluralRules().resolvedOptions().locale,
    processId: process.pid,
    interruption: listenForInterruption(process, () => process.exit(EXIT_CODES.interrupted)),
    productVersion,
    knowsItIsSimulated: false,
  };
}

function toOutput(name: 'stdout' | 'stderr', descriptor: number): Output {
  const writeNow = directOutput(descriptor);
  if (writeNow === null) return streamOutput(process[name]);
  let stream: StreamOutput | null = null;
  let failure: string | null = null;
  let isOver = false;
  return {
    write: (text) => {
      if (stream !== null) stream.write(text);
      if (stream !== null || isOver) return;
      try {
        const rest = writeNow(text);
        if (rest === null) return;
        stream = streamOutput(process[name]);
        stream.write(rest);
      } catch (error) {
        isOver = true;
        failure = failureOf(error as NodeJS.ErrnoException);
      }
    },
    isTerminal: false,
    columns: DEFAULT_COLUMNS,
    get failure() {
      return failure ?? stream?.failure ?? null;
    },
  };
}

interface StreamOutput extends Output {
  write(text: string | Buffer): void;
}

function streamOutput(stream: NodeJS.WriteStream): StreamOutput {
  let failure: string | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= failureOf(error);
  });
  return {
    write: (text) => {
      if (stream.writable) stream.write(text);
    },
    // Missing, not false, where the stream is no terminal.
    isTerminal: (stream.isTTY as boolean | undefined) === true,
    get columns() {
      return stream.columns > 0 ? stream.columns : DEFAULT_COLUMNS;
    },
    get failure() {
      return failure;
    },
  };
}

/** Null if the reader of our output has left (`| head -1`): the work on the server goes on, its output is dropped. */
function failureOf({ code, message }: NodeJS.ErrnoException): string | null {
  // Windows says EOF of a pipe that nobody reads any more.
  return code === 'EPIPE' || code === 'EOF' ? null : (code ?? message);
}
