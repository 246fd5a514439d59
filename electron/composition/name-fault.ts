import { problem, type Problem } from '../contract/problem.js';

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
