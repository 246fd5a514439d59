import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

import type { Language } from '../../electron/contract/app-snapshot.js';

/** What Windows itself uses for these languages. */
const FONTS: Readonly<Record<Language, string>> = {
  'en': "'Segoe UI Variable Text', 'Segoe UI', 'Liberation Sans', sans-serif",
  'zh-CN': "'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
};

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function followSystem(onChange: () => void): () => void {
  darkQuery.addEventListener('change', onChange);
  return () => darkQuery.removeEventListener('change', onChange);
}

/** The system's light or dark theme, followed while the window is open, in the fonts of the language. */
export function useSystemTheme(language: Language): Theme {
  const isDark = useSyncExternalStore(followSystem, () => darkQuery.matches);
  return { ...(isDark ? webDarkTheme : webLightTheme), fontFamilyBase: FONTS[language] };
}
