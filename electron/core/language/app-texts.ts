import type { Language } from '../../contract/app-snapshot.js';
import type { AppTexts, TrayTexts } from './app-topics.js';
import { app as englishApp } from './en/app.js';
import { tray as englishTray } from './en/tray.js';
import { app as chineseApp } from './zh-cn/app.js';
import { tray as chineseTray } from './zh-cn/tray.js';

/** What only the tray app says; apart from the other texts, because the terminal does not carry it. */
export function trayTextsOf(language: Language): TrayTexts {
  switch (language) {
    case 'en':
      return englishTray;
    case 'zh-CN':
      return chineseTray;
  }
}

export function appTextsOf(language: Language): AppTexts {
  switch (language) {
    case 'en':
      return englishApp;
    case 'zh-CN':
      return chineseApp;
  }
}
