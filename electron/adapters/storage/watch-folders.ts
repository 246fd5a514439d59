import { dirname, join } from 'node:path';

import type { FileSystem } from './file-system.js';
import { tryTo } from './write-whole.js';

/** One change makes several notices; they are told as one. */
const SETTLE_MS = 50;
const POLL_MS = 500;

/**
 * Calls back soon after anything in the folders changed. Where the system cannot watch a folder (or it is not there
 * yet), looks at it twice a second instead.
 * @returns its own unsubscribe
 */
export function watchFolders(fileSystem: FileSystem, folders: readonly string[], onChange: () => void): () => void {
  let settling: NodeJS.Timeout | null = null;
  const notice = (): void => {
    settling ??= setTimeout(() => {
      settling = null;
      onChange();
    }, SETTLE_MS);
  };
  const ends = folders.map((folder) => watchFolder(fileSystem, folder, notice));
  return () => {
    ends.forEach((end) => end());
    if (settling !== null) clearTimeout(settling);
  };
}

function watchFolder(fileSystem: FileSystem, folder: string, notice: () => void): () => void {
  let isEnded = false;
  let stop = (): void => undefined;
  const watchOrPoll = (): void => {
    if (isEnded) return;
    const isWatched = tryTo(() => {
      stop = fileSystem.watch(folder, notice, poll);
    });
    if (!isWatched) poll();
  };
  const poll = (): void => {
    if (isEnded) return;
    const come = (): void => {
      watchOrPoll();
      notice();
    };
    stop = fileSystem.isThere(folder) ? pollFolder(fileSystem, folder, notice) : awaitFolder(fileSystem, folder, come);
  };
  watchOrPoll();
  return () => {
    isEnded = true;
    stop();
  };
}

/**
 * Calls back once, when a folder has come that is not there: told by the folder above it, or asked for where that cannot be
 * watched either.
 */
function awaitFolder(fileSystem: FileSystem, folder: string, onCome: () => void): () => void {
  let stop = (): void => undefined;
  const look = (): void => {
    if (!fileSystem.isThere(folder)) return;
    stop();
    onCome();
  };
  const poll = (): void => {
    const timer = setInterval(look, POLL_MS);
    stop = () => clearInterval(timer);
  };
  const isWatched = tryTo(() => {
    stop = fileSystem.watch(dirname(folder), look, poll);
  });
  // It may have come just before we began to watch: then nothing tells of it any more.
  if (isWatched && fileSystem.isThere(folder)) stop();
  if (!isWatched || fileSystem.isThere(folder)) poll();
  return () => stop();
}

function pollFolder(fileSystem: FileSystem, folder: string, notice: () => void): () => void {
  let before = fingerprint(fileSystem, folder);
  const timer = setInterval(() => {
    const now = fingerprint(fileSystem, folder);
    if (now === before) return;
    before = now;
    notice();
  }, POLL_MS);
  return () => clearInterval(timer);
}

/** Names, sizes and times of what is in a folder; a folder that cannot be read looks empty. */
function fingerprint(fileSystem: FileSystem, folder: string): string {
  const seen: string[] = [];
  tryTo(() => {
    for (const name of fileSystem.list(folder)) {
      seen.push(name);
      tryTo(() => {
        const { size, modifiedMs } = fileSystem.status(join(folder, name));
        seen.push(`${size} ${modifiedMs}`);
      });
    }
  });
  return seen.join('\n');
}
