/** The name under which `watch` holds the lock while it writes what it sees. */
export const WATCH_COMMAND = 'watch';
