import { type ConsoleOutput, openConsoleOutput } from '../adapters/windows/koffi/console-code-page.js';
import { ProblemError } from '../contract/problem.js';

/** @returns null if the native library is missing: whatever is done next says so */
export async function findConsoleOutput(): Promise<ConsoleOutput | null> {
  try {
    return await openConsoleOutput();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
