import { execFile, type ExecFileOptionsWithStringEncoding } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs a program without a shell and without a window.
 * @param path in full
 * @param options `timeout`: milliseconds, after which it is ended, else never; `encoding`: of what it prints, else UTF-8
 * @returns its standard output
 * @throws Error with its exit code as `code` if that is not 0, or with a text there if it could not be started
 */
export async function runProgram(
  path: string,
  args: readonly string[],
  options: Partial<ExecFileOptionsWithStringEncoding> = {},
): Promise<string> {
  // Made at each call: a module that makes it once has Node load what starts processes where none is started.
  const { stdout } = await promisify(execFile)(path, args, { encoding: 'utf8', ...options, windowsHide: true });
  return stdout;
}
