import type { AppSettings } from '../../contract/app-snapshot.js';
import type { Settings } from '../../contract/settings-schema.js';

/** What the app uses of the settings file. */
type StoredSettings = Pick<Settings, 'services' | 'holdTimeMs' | 'timeoutMs' | 'language' | 'hold' | 'startWithWindows' | 'pool'>;

export function toAppSettings(stored: StoredSettings): AppSettings {
  const { services, holdTimeMs, timeoutMs, language, hold, startWithWindows, pool } = stored;
  return { language: language ?? 'system', services, holdTimeMs, waitTimeoutMs: timeoutMs, hold, startWithWindows, pool };
}

/** What the window does not show stays as it is in the file. */
export function withAppSettings<T extends StoredSettings>(stored: T, settings: AppSettings): T {
  const { language, services, holdTimeMs, waitTimeoutMs, hold, startWithWindows, pool } = settings;
  return {
    ...stored,
    services,
    holdTimeMs,
    timeoutMs: waitTimeoutMs,
    language: language === 'system' ? null : language,
    hold,
    startWithWindows,
    pool,
  };
}
