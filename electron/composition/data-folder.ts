import { join } from 'node:path';

/**
 * The data folder where none is named: `LYNC_DRAIN_DATA`, else the platform's place for data of all users on Windows, of
 * this user elsewhere. A simulated server on Windows keeps apart from the real one. A variable that is set to nothing
 * counts as not set: a path made of it would lead into whatever folder we are called from.
 * @param homeOf asked only where the environment names no home
 */
export function usualDataFolder(platform: NodeJS.Platform, isReal: boolean, environment: NodeJS.ProcessEnv, homeOf: () => string): string {
  const named = (variable: string): string | null => {
    const text = environment[variable] ?? '';
    return text.trim() === '' ? null : text;
  };
  const ordered = named('LYNC_DRAIN_DATA');
  if (ordered !== null) return ordered;
  if (platform === 'win32') {
    const folder = join(named('ProgramData') ?? 'C:\\ProgramData', 'Lync Drain');
    return isReal ? folder : join(folder, 'simulated');
  }
  const home = named('HOME') ?? homeOf();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lync Drain');
  return join(named('XDG_DATA_HOME') ?? join(home, '.local', 'share'), 'lync-drain');
}
