import { join } from 'node:path';

import { problem, type Problem } from '../contract/problem.js';

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

/** Names that Windows gives to devices, in every folder and with any ending (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:[.:].*)?$/i;
const FORBIDDEN = /[<>:"|?*\u0000-\u001f]/;

/**
 * What keeps a path from being a folder on Windows, told before anything is tried there: Windows itself calls `C:\aux` a
 * folder that exists.
 */
export function findNameFault(path: string): Problem | null {
  const written = path.replace(/\//g, '\\');
  if (written.startsWith('\\\\.\\')) return problem('data-folder-impossible', { path, name: '\\\\.\\', fault: 'device' });
  const withoutRoot = written.replace(/^\\\\\?\\/, '').replace(/^[a-z]:/i, '');
  for (const name of withoutRoot.split('\\')) {
    if (DEVICE.test(name)) return problem('data-folder-impossible', { path, name, fault: 'device' });
    const forbidden = FORBIDDEN.exec(name)?.[0];
    if (forbidden !== undefined) return problem('data-folder-impossible', { path, name: forbidden, fault: 'character' });
  }
  return null;
}
