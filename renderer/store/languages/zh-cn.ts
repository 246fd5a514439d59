import { app } from '../../../electron/core/language/zh-cn/app.js';
import { spoken } from '../../../electron/core/language/zh-cn/spoken.js';
import { tray } from '../../../electron/core/language/zh-cn/tray.js';
import { windowTexts } from '../../../electron/core/language/zh-cn/window.js';
import type { LanguagePack } from '../language-pack.js';

export const pack: LanguagePack = { texts: spoken, app, tray, windowTexts };
