import type { AppSettings } from '../../contract/app-snapshot.js';

/** The settings file as the app uses it: the administrator's choices beside others that only the file has. */
export interface StoredSettings {
  readonly services: readonly string[] | null;
  readonly holdTimeMs: number;
  readonly timeoutMs: number;
  readonly language: 'en' | 'zh-CN' | null;
  readonly hold: 'demand' | 'disabled';
  readonly startWithWindows: boolean;
}

export function toAppSettings(stored: StoredSettings): AppSettings {
  const { services, holdTimeMs, timeoutMs, language, hold, startWithWindows } = stored;
  return { language: language ?? 'system', services, holdTimeMs, waitTimeoutMs: timeoutMs, hold, startWithWindows };
}

/** What the window does not show stays as it is in the file. */
export function withAppSettings<T extends StoredSettings>(stored: T, settings: AppSettings): T {
  const { language, services, holdTimeMs, waitTimeoutMs, hold, startWithWindows } = settings;
  return {
    ...stored,
    services,
    holdTimeMs,
    timeoutMs: waitTimeoutMs,
    language: language === 'system' ? null : language,
    hold,
    startWithWindows,
  };
}
