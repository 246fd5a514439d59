import { spawn } from 'node:child_process';

import { inTime } from './patience.js';

/** What a program said last comes within this time after its end. */
const LAST_WORDS_MS = 500;

/** How a program ended and what it said. */
export interface Ended {
  /** Null when it was ended from outside, or never started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Call {
  readonly processId: number;
  readonly stdout: () => string;
  readonly ended: Promise<Ended>;
  readonly hasEnded: () => boolean;
}

export interface CallOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts a program with its words as they are. */
export function call(program: string, words: readonly string[], { env = {}, cwd }: CallOptions = {}): Call {
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  });
  let [stdout, stderr, hasEnded] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on('error', (error) => {
      hasEnded = true;
      resolve({ exitCode: null, stdout, stderr: `${stderr}${error.message}` });
    });
    const end = (exitCode: number | null): void => {
      hasEnded = true;
      resolve({ exitCode, stdout, stderr });
    };
    child.on('close', end);
    // A program that it started may live longer and hold its streams: in Wine the desktop does, in the name of the first window.
    child.on('exit', (exitCode) => setTimeout(end, LAST_WORDS_MS, exitCode));
  });
  return { processId: child.pid ?? 0, stdout: () => stdout, ended, hasEnded: () => hasEnded };
}

/** Runs a program of Windows'; null if it does not end in time, and then it is ended. */
export async function callInTime(program: string, words: readonly string[], patienceMs: number): Promise<Ended | null> {
  const running = call(program, words);
  const ended = await inTime(running.ended, patienceMs);
  if (ended === null) endProcess(running);
  return ended;
}

/** Ends a program, if it has not ended. */
export function endProcess({ processId }: Call): void {
  try {
    if (processId !== 0) process.kill(processId);
  } catch {
    // It has ended meanwhile.
  }
}

/** A call that was left out: it ended before it began. */
export const LEFT_OUT: Call = {
  processId: 0,
  stdout: () => '',
  ended: Promise.resolve({ exitCode: null, stdout: '', stderr: 'left out' }),
  hasEnded: () => true,
};

/** One line of `--json` output. */
export type OutputLine = Readonly<Record<string, unknown>> & { readonly type?: string };

/** Lines that are whole and JSON; others are none of the product's. */
export function outputLines(text: string): readonly OutputLine[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as OutputLine];
      } catch {
        return [];
      }
    });
}

/** What the report shows of a call. */
export function inShort({ exitCode, stdout, stderr }: Ended): string {
  const last = outputLines(stdout).at(-1) ?? {};
  const words = typeof last['outcome'] === 'string' ? `, outcome ${last['outcome']}` : '';
  const complaint = exitCode === 0 || stderr === '' ? '' : `, said: ${stderr.replaceAll(/\s+/g, ' ').trim().slice(0, 300)}`;
  return `exit code ${exitCode ?? 'none'}${words}${complaint}`;
}

/** The code of each service's problem, as the last line says it. */
export function problemsIn({ stdout }: Ended): ReadonlyMap<string, string> {
  const services = outputLines(stdout).at(-1)?.['services'] as
    readonly { serviceName: string; problem: { code: string } | null }[] | undefined;
  return new Map((services ?? []).flatMap(({ serviceName, problem }) => (problem === null ? [] : [[serviceName, problem.code]])));
}
