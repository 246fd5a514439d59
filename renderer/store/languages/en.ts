import { app } from '../../../electron/core/language/en/app.js';
import { spoken } from '../../../electron/core/language/en/spoken.js';
import { tray } from '../../../electron/core/language/en/tray.js';
import { windowTexts } from '../../../electron/core/language/en/window.js';
import type { LanguagePack } from '../language-pack.js';

export const pack: LanguagePack = { texts: spoken, app, tray, windowTexts };
