import { failureWith } from './file-problems.js';
import { MAX_FILE_BYTES, type FileSystem } from './file-system.js';

/** Which part of a file is wanted. */
type Part =
  | { readonly from: 'start' | 'end'; readonly bytes: number }
  | { readonly from: 'position'; readonly position: number; readonly bytes?: number };

/**
 * Reads one part of a file; fewer bytes where the file has no more; `EFBIG` where it has more than any record has. `position`:
 * what stands behind it, so many bytes or all.
 */
export function readSome(fileSystem: FileSystem, path: string, part: Part): Buffer {
  const file = fileSystem.open(path, 'read');
  try {
    const size = fileSystem.size(file);
    switch (part.from) {
      case 'start':
        return readAt(fileSystem, file, 0, Math.min(part.bytes, size));
      case 'end':
        return readAt(fileSystem, file, Math.max(0, size - part.bytes), Math.min(part.bytes, size));
      case 'position':
        return readAt(fileSystem, file, Math.max(0, part.position), bounded(Math.min(part.bytes ?? Infinity, size - part.position), path));
    }
  } finally {
    fileSystem.close(file);
  }
}

function bounded(bytes: number, path: string): number {
  if (bytes > MAX_FILE_BYTES) throw failureWith('EFBIG', path);
  return Math.max(0, bytes);
}

/** The system may give fewer bytes than it was asked for. */
function readAt(fileSystem: FileSystem, file: number, position: number, wanted: number): Buffer {
  const bytes = Buffer.alloc(wanted);
  let length = 0;
  while (length < bytes.length) {
    const read = fileSystem.read(file, bytes.subarray(length), position + length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}
