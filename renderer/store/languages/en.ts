import { app } from '../../../electron/core/language/en/app.js';
import { english } from '../../../electron/core/language/en/texts.js';
import { tray } from '../../../electron/core/language/en/tray.js';
import { windowTexts } from '../../../electron/core/language/en/window.js';
import type { LanguagePack } from '../language-pack.js';

export const pack: LanguagePack = { texts: english, app, tray, windowTexts };
