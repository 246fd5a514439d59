import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { missingTools } from '../windows/wine.js';

/** A display, hands and eyes for it, what unpacks an Electron for Windows, and fonts that Chromium knows in Wine. */
const COMMANDS = ['Xvfb', 'xdotool', 'import', 'convert', '7z'];
const FONTS = ['/usr/share/wine/fonts/tahoma.ttf', '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf'];

/** The programs and files that desktop suites need and this machine lacks. */
export function missingDesktopTools(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isThere = (command: string): boolean => folders.some((folder) => existsSync(join(folder, command)));
  return [...missingTools(), ...COMMANDS.filter((command) => !isThere(command)), ...FONTS.filter((path) => !existsSync(path))];
}
