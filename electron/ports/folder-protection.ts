/** What is wrong with who may write a file or folder: names the path and the account, null when nothing is. */
export interface ProtectionFault {
  readonly path: string;
  /** The account or mode bits that could have written there. */
  readonly writableBy: string;
  /** Given if the account is the one we run as: its programs without administrator rights could have written there. */
  readonly account?: 'own';
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
