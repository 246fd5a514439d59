import { app } from '../../../electron/language/en/app.js';
import { english } from '../../../electron/language/en/texts.js';
import { tray } from '../../../electron/language/en/tray.js';
import { windowTexts } from '../../../electron/language/en/window.js';
import type { LanguagePack } from '../language-pack.js';

export const pack: LanguagePack = { texts: english, app, tray, windowTexts };
