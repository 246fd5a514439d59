import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

import type { Language } from '../../electron/contract/app-snapshot.js';
import type { Colours } from '../store/window-context.js';

/** What Windows itself uses for these languages. */
const FONTS: Readonly<Record<Language, string>> = {
  en: "'Segoe UI Variable Text', 'Segoe UI', 'Liberation Sans', sans-serif",
  'zh-CN': "'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
};

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
const contrastQuery = window.matchMedia('(forced-colors: active)');

function readColours(): Colours {
  const scheme = darkQuery.matches ? 'dark' : 'light';
  return contrastQuery.matches ? `${scheme} contrast` : scheme;
}

function followSystem(onChange: () => void): () => void {
  for (const query of [darkQuery, contrastQuery]) query.addEventListener('change', onChange);
  return () => {
    for (const query of [darkQuery, contrastQuery]) query.removeEventListener('change', onChange);
  };
}

/** Followed while the window is open. */
export function useSystemColours(): Colours {
  return useSyncExternalStore(followSystem, readColours);
}

/** The light or dark theme in the fonts of the language; contrast themes are the system's own. */
export function themeFor(colours: Colours, language: Language): Theme {
  return { ...(colours.startsWith('dark') ? webDarkTheme : webLightTheme), fontFamilyBase: FONTS[language] };
}
