import type { FileSystem } from './file-system.js';

/**
 * A file system that asks for room where it fails, and tries once more if it got some.
 * @param giveBack is told of the failure, and says whether there is room now
 */
export function withRoom(fileSystem: FileSystem, giveBack: (failure: unknown) => boolean): FileSystem {
  const again = <T>(operation: () => T, isRepeatable = true): T => {
    try {
      return operation();
    } catch (error) {
      if (!giveBack(error) || !isRepeatable) throw error;
      return operation();
    }
  };
  return {
    ...fileSystem,
    open: (path, how) => again(() => fileSystem.open(path, how)),
    // A system that took some of the bytes says how many; one that fails took none, so that nothing is written twice.
    write: (file, bytes) => again(() => fileSystem.write(file, bytes)),
    // The bytes may be gone, and the next flush would call them flushed. The next command has the room.
    flush: (file) => again(() => fileSystem.flush(file), false),
  };
}
