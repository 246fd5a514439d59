import { type Encode, openConsoleEncoder } from '../adapters/windows/koffi/console-code-page.js';
import { ProblemError } from '../contract/problem.js';

/** @returns null also if the native library is missing: whatever is done next says so */
export async function findConsoleEncoding(): Promise<Encode | null> {
  try {
    return await openConsoleEncoder();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
