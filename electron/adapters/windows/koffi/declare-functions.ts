import { join } from 'node:path';

import { loadKoffi, type NativeFunction } from './load-koffi.js';

/** A function of Windows in koffi's words: the library that has it, its result, its parameters. */
export type Signature = readonly [library: string, result: string, ...parameters: string[]];

/** koffi's words for the types of Windows. `SHANDLE` is a handle whose special values are negative. */
export const [BOOL, DWORD, LONG, HANDLE, SHANDLE, POINTER, TEXT] = [
  'int',
  'uint32',
  'int32',
  'uintptr_t',
  'intptr_t',
  'void *',
  'str16',
] as const;

/** What goes with every native call. */
export interface Addresses {
  /** Where a buffer's bytes stand in memory, for the pointers that Windows writes into it. */
  readonly addressOf: (bytes: Buffer) => number;
}

/**
 * The one way to declare functions of Windows: by a table in the module that calls them, which docs/windows-functions.md is held
 * against. The table says in koffi's words what the type says in TypeScript's.
 * @param folder where the libraries are, for those that Windows has not always loaded: elsewhere a planted one could be found first
 * @throws ProblemError native-library-missing
 */
export async function declareFunctions<Functions extends object>(
  signatures: Readonly<Record<keyof Functions, Signature>>,
  folder = '',
): Promise<Functions & Addresses> {
  const koffi = await loadKoffi();
  const declared = Object.entries<Signature>(signatures).map(([name, [library, result, ...parameters]]): [string, NativeFunction] => [
    name,
    koffi.load(join(folder, library)).func('__stdcall', name, result, parameters),
  ]);
  return { ...(Object.fromEntries(declared) as unknown as Functions), addressOf: (bytes) => Number(koffi.address(bytes)) };
}
