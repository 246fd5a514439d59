import { join } from 'node:path';

import type { LibraryHandle } from 'koffi/indirect';

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
  /** Each once: Windows looks for a library whenever it is loaded. */
  const loaded = new Map<string, LibraryHandle>();
  const declare = (name: string, [library, result, ...parameters]: Signature): NativeFunction => {
    const handle = loaded.get(library) ?? koffi.load(join(folder, library));
    loaded.set(library, handle);
    return handle.func('__stdcall', name, result, parameters);
  };
  const declared = { addressOf: (bytes: Buffer) => Number(koffi.address(bytes)) };
  for (const [name, signature] of Object.entries<Signature>(signatures)) {
    let known: NativeFunction | undefined;
    // When it is first used: a cold `status` uses a third of them, and not every library.
    Object.defineProperty(declared, name, { enumerable: true, get: () => (known ??= declare(name, signature)) });
  }
  return declared as Functions & Addresses;
}
