import type * as koffi from 'koffi/indirect';

import { ProblemError, problem } from '../../../contract/problem.js';

type Koffi = typeof koffi;

/** A native function as `LibraryHandle.func` declares it. */
export type NativeFunction = ReturnType<koffi.LibraryHandle['func']>;

let loading: Promise<Koffi> | undefined;

/**
 * Loads koffi at the first call, so that nothing native is touched where nothing native is used. `koffi/indirect` finds
 * its binary at run time, which lets the JavaScript around it be bundled.
 * @throws ProblemError native-library-missing
 */
export function loadKoffi(): Promise<Koffi> {
  loading ??= import('koffi/indirect').catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('native-library-missing', { library: 'koffi', detail }), { cause: error });
  });
  return loading;
}

/**
 * Calls a native function on a worker thread. Rejects only when koffi cannot make the call; what the function returns is
 * the caller's to judge. Memory that is passed in must stay referenced by the caller until the answer is there.
 */
export function callAsync<Result>(native: NativeFunction, ...parameters: readonly unknown[]): Promise<Result> {
  return callAndJudge(native, (result) => result as Result, ...parameters);
}

/**
 * The same, with a judge that may read the last error: it is the call's own before any other native call, so only until the promise
 * is resolved.
 */
export function callAndJudge<Verdict>(
  native: NativeFunction,
  judge: (result: unknown) => Verdict,
  ...parameters: readonly unknown[]
): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    native.async(...parameters, (error: Error | null, result: unknown) => {
      if (error === null) resolve(judge(result));
      else reject(error);
    });
  });
}
