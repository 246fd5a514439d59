import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

import type { Language } from '../../electron/contract/app-snapshot.js';

/** What Windows itself uses for these languages. */
const FONTS: Readonly<Record<Language, string>> = {
  'en': "'Segoe UI Variable Text', 'Segoe UI', 'Liberation Sans', sans-serif",
  'zh-CN': "'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
};

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
const contrastQuery = window.matchMedia('(forced-colors: active)');

function follow(query: MediaQueryList): (onChange: () => void) => () => void {
  return (onChange) => {
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  };
}

const followDark = follow(darkQuery);
const followContrast = follow(contrastQuery);

/** The system's light or dark theme, followed while the window is open, in the fonts of the language. */
export function useSystemTheme(language: Language): Theme {
  const isDark = useSyncExternalStore(followDark, () => darkQuery.matches);
  return { ...(isDark ? webDarkTheme : webLightTheme), fontFamilyBase: FONTS[language] };
}

/** Another value whenever the window's colours are others, for what reads them once and draws with them. */
export function useSystemColours(): string {
  const isDark = useSyncExternalStore(followDark, () => darkQuery.matches);
  const isContrast = useSyncExternalStore(followContrast, () => contrastQuery.matches);
  return `${isDark ? 'dark' : 'light'} ${isContrast ? 'contrast' : 'plain'}`;
}
