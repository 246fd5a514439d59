import { dirname } from 'node:path';

import { codeOf } from './file-problems.js';
import type { FileSystem } from './file-system.js';
import type { RecordText } from './record-text.js';
import { truncateTo } from './run-writer.js';
import { flushFolder, writeNew } from './write-whole.js';

/** Keeps the bytes of a record's cut last line in a file of their own (`<run id>.cut-1`), then takes them off the record. */
export function setCutAside(fileSystem: FileSystem, recordPath: string, { cut, wholeBytes }: RecordText): void {
  if (cut.length === 0) return;
  for (let number = 1; ; number += 1) {
    try {
      writeNew(fileSystem, recordPath.replace(/\.jsonl$/, `.cut-${number}`), cut);
      break;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  flushFolder(fileSystem, dirname(recordPath));
  truncateTo(fileSystem, recordPath, wholeBytes);
}
