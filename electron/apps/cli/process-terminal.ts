import { setFlagsFromString } from 'node:v8';

import { EXIT_CODES } from '../../contract/outcome.js';
import { directOutput, isFileOrPipeForNode } from './direct-output.js';
import { listenForInterruption } from './interruption.js';
import type { Output, Terminal } from './terminal.js';

const DEFAULT_COLUMNS = 80;

/** How a program reads what we print that is no terminal; UTF-8 if it is left out. */
type Encode = (text: string) => Buffer;

const toUtf8: Encode = (text) => Buffer.from(text, 'utf8');

/** What the system says of where we print, where Node does not know it as well. */
export interface SystemOutput {
  /** Null: UTF-8. */
  readonly encode: Encode | null;
  readonly isFileOrPipe: (descriptor: 1 | 2) => boolean;
}

/** A terminal that knows what is still to be written. */
export interface ProcessTerminal extends Terminal {
  /** False where a stream of Node may still hold something: a terminal takes it later. */
  readonly hasWrittenAll: () => boolean;
}

interface ProcessOutput extends Output {
  readonly isWritten: boolean;
}

/**
 * This process as a terminal.
 * @param system null: Node knows it, or nothing does
 */
export function processTerminal(productVersion: string, system: SystemOutput | null = null): ProcessTerminal {
  const { encode, isFileOrPipe } = system ?? { encode: null, isFileOrPipe: isFileOrPipeForNode };
  const stdout = toOutput('stdout', isFileOrPipe(1), encode ?? toUtf8);
  const stderr = toOutput('stderr', isFileOrPipe(2), encode ?? toUtf8);
  return {
    stdout,
    stderr,
    hasWrittenAll: () => stdout.isWritten && stderr.isWritten,
    environment: process.env,
    // Cheaper than asking the date format: that loads all of the system's language data.
    systemLocale: () => new Intl.PluralRules().resolvedOptions().locale,
    processId: process.pid,
    interruption: listenForInterruption(process, () => process.exit(EXIT_CODES.interrupted)),
    productVersion,
    knowsItIsSimulated: false,
    prepareToWait: useLittleMemory,
  };
}

/** The young generation stays small, and there is one form of the code, not three: bytecode. */
const LITTLE_MEMORY = ['--semi-space-growth-factor=1', '--no-opt', '--no-sparkplug', '--optimize-for-size'];

/**
 * What waits looks once a second: it needs little memory, not speed. On the simulated server `watch` takes 49 MB instead of 62 MB after
 * 20 s. V8 reads these flags whenever it needs them, so setting them late is safe; --max-semi-space-size it reads once, before we run.
 */
function useLittleMemory(): void {
  for (const flag of LITTLE_MEMORY) setFlagsFromString(flag);
}

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

function toOutput(name: keyof typeof DESCRIPTORS, isFileOrPipe: boolean, encode: Encode): ProcessOutput {
  if (!isFileOrPipe) return streamOutput(process[name], encode);
  const writeNow = directOutput(DESCRIPTORS[name]);
  let stream: StreamOutput | null = null;
  let failure: string | null = null;
  let isOver = false;
  return {
    write: (text) => {
      if (stream !== null) stream.write(text);
      if (stream !== null || isOver) return;
      try {
        const rest = writeNow(encode(text));
        if (rest === null) return;
        stream = streamOutput(process[name], encode);
        stream.write(rest);
      } catch (error) {
        isOver = true;
        failure = failureOf(error as NodeJS.ErrnoException);
      }
    },
    isTerminal: false,
    columns: DEFAULT_COLUMNS,
    get isWritten() {
      return stream === null;
    },
    get failure() {
      return failure ?? stream?.failure ?? null;
    },
  };
}

interface StreamOutput extends ProcessOutput {
  write(text: string | Buffer): void;
}

function streamOutput(stream: NodeJS.WriteStream, encode: Encode): StreamOutput {
  let failure: string | null = null;
  // Missing, not false, where the stream is no terminal.
  const isTerminal = (stream.isTTY as boolean | undefined) === true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= failureOf(error);
  });
  return {
    write: (text) => {
      if (!stream.writable) return;
      // To a terminal Node writes characters, whatever its code page is.
      stream.write(isTerminal || typeof text !== 'string' ? text : encode(text));
    },
    isTerminal,
    isWritten: false,
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
