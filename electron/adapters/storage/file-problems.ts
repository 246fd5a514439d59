import { problem, ProblemError } from '../../contract/problem.js';

/** The system's name for a failure (`ENOSPC`, `EACCES` …), null where it has none. */
export function codeOf(failure: unknown): string | null {
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : null;
}

/** A failure of our own that reads like one of the system. */
export function failureWith(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/** What a failed file operation can mean. */
export type FileProblemId = 'data-folder-unreadable' | 'data-folder-unwritable' | 'record-not-written';

/** Runs a file operation; a failure goes up as the given problem with the path and the system's code. */
export function orProblem<T>(id: FileProblemId, path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw asProblem(id, path, error);
  }
}

/** A failure that is a problem already stays what it is. */
export function asProblem(id: FileProblemId, path: string, failure: unknown): ProblemError {
  if (failure instanceof ProblemError) return failure;
  return new ProblemError(problem(id, { path, code: codeOf(failure) ?? String(failure) }), { cause: failure });
}
