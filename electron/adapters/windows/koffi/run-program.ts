import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Options {
  /** Milliseconds, after which it is ended; without it never. */
  readonly timeout?: number;
  /** Of what it prints; UTF-8 if it is left out. */
  readonly encoding?: BufferEncoding;
}

/**
 * Runs a program without a shell and without a window.
 * @param path in full
 * @returns its standard output
 * @throws Error with its exit code as `code` if that is not 0, or with a text there if it could not be started
 */
export async function runProgram(path: string, args: readonly string[], options: Options = {}): Promise<string> {
  // Made at each call: a module that makes it once has Node load what starts processes where none is started.
  const { stdout } = await promisify(execFile)(path, args, { encoding: 'utf8', ...options, windowsHide: true });
  return stdout;
}
