import { ProblemError, type ProblemId } from './problem.js';

/**
 * Win32 error numbers of the service control manager that have a problem of their own (winerror.h). 996, "I/O incomplete", is how
 * Wine's one ends its wait for a handler when the answer to an earlier control comes in late; it says no more than 1053.
 */
const PROBLEM_BY_WIN32: ReadonlyMap<number, ProblemId> = new Map<number, ProblemId>([
  [5, 'access-denied'],
  [6, 'handle-invalid'],
  [123, 'invalid-service-name'],
  [996, 'request-timeout'],
  [1051, 'dependents-running'],
  [1052, 'control-not-accepted'],
  [1053, 'request-timeout'],
  [1055, 'database-locked'],
  [1056, 'already-running'],
  [1058, 'service-disabled'],
  [1060, 'service-not-found'],
  [1061, 'cannot-accept-control-now'],
  [1062, 'not-active'],
  [1066, 'service-specific-error'],
  [1068, 'dependency-failed'],
  [1069, 'logon-failed'],
  [1070, 'start-hung'],
  [1072, 'marked-for-delete'],
  [1115, 'shutdown-in-progress'],
  [1722, 'rpc-unavailable'],
]);

/** What a failed call of Windows is thrown as. `serviceName` is null for calls about no service, or about all. */
export function win32Failure(win32: number, operation: string, serviceName: string | null = null): ProblemError {
  const params = { win32, operation, ...(serviceName !== null && { serviceName }) };
  return new ProblemError({ id: PROBLEM_BY_WIN32.get(win32) ?? 'unknown-win32', params });
}
