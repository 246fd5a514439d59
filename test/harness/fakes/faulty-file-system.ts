import { nodeFileSystem, type FileSystem } from '../../../electron/adapters/storage/file-system.js';

/** What goes wrong, and when. Operations are counted from 1 in the order in which they are called. */
export interface Fault {
  /** The operation that goes wrong; 0 for none. */
  readonly at: number;
  /**
   * `fails`: that operation alone fails and does nothing. `dies`: it does half of its work, then it and everything
   * after it fails, as when the process is killed or the disk is gone.
   */
  readonly how: 'fails' | 'dies';
  readonly code: string;
}

/** The real file system with one fault in it. `calls` names the operations so far. */
export interface FaultyFileSystem extends FileSystem {
  readonly calls: readonly string[];
}

export function faultyFileSystem(fault: Fault, beneath: FileSystem = nodeFileSystem): FaultyFileSystem {
  const calls: string[] = [];

  const guarded =
    <A extends unknown[], R>(name: string, operation: (...args: A) => R, half?: (...args: A) => void) =>
    (...args: A): R => {
      calls.push(name);
      const isFirst = calls.length === fault.at;
      const isDead = fault.how === 'dies' && fault.at > 0 && calls.length >= fault.at;
      if (!isFirst && !isDead) return operation(...args);
      if (isFirst && fault.how === 'dies') half?.(...args);
      throw Object.assign(new Error(`${fault.code}: ${name} was made to fail`), { code: fault.code });
    };

  return {
    calls,
    open: guarded('open', beneath.open),
    write: guarded('write', beneath.write, (file, bytes) => {
      beneath.write(file, bytes.subarray(0, Math.ceil(bytes.length / 2)));
    }),
    note: guarded('note', beneath.note, (path, text) => beneath.note(path, text.slice(0, Math.ceil(text.length / 2)))),
    read: guarded('read', beneath.read),
    flush: guarded('flush', beneath.flush, beneath.flush),
    size: guarded('size', beneath.size),
    truncate: guarded('truncate', beneath.truncate),
    close: guarded('close', beneath.close, beneath.close),
    readWhole: guarded('readWhole', beneath.readWhole),
    status: guarded('status', beneath.status),
    rename: guarded('rename', beneath.rename),
    remove: guarded('remove', beneath.remove),
    isThere: beneath.isThere,
    list: guarded('list', beneath.list),
    watch: guarded('watch', beneath.watch),
  };
}

/** The real file system, taking at most so many bytes with every write. */
export function shortWritingFileSystem(maxBytes: number): FileSystem {
  return { ...nodeFileSystem, write: (file, bytes) => nodeFileSystem.write(file, bytes.subarray(0, maxBytes)) };
}
