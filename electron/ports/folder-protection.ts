/** What is wrong with who may write a file or folder: names the path and the account, null when nothing is. */
export interface ProtectionFault {
  readonly path: string;
  /** The account or mode bits that could have written there. */
  readonly writableBy: string;
  /** Given if the account is the one we run as: its programs without administrator rights could have written there. */
  readonly account?: 'own';
}

/** What a repair set right. */
export interface RepairedPath {
  readonly path: string;
  /** Who else could have written there; null where nobody could, and people who sign in can read it now. */
  readonly writableBy: string | null;
}

/** The port to setting right who may write our data. */
export interface FolderRepair {
  /**
   * Gives the data folder (`isTop`), or what is in it, the owner and the access that a new one gets. Not for a link.
   * @returns true if that changed anything
   */
  repair(path: string, isTop: boolean): boolean;
}

/**
 * The port to who may write our data: an elevated program must not follow orders that anyone could have planted.
 * On Windows only Administrators and SYSTEM may write, and people who sign in may read; elsewhere only the owner and root.
 */
export interface FolderProtection {
  /** Creates the folder (parents too) so that no other account can write in it from the first moment. An existing one is left alone. */
  createFolder(path: string): void;

  /** Looks at a file's or folder's owner and write access. A link or junction counts as writable by the account that made it. */
  findFault(path: string): ProtectionFault | null;
}
