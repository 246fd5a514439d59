import type { AppSettings } from '../../contract/app-snapshot.js';
import type { Settings } from '../../contract/settings-schema.js';

/** What the app uses of the settings file. */
export type StoredSettings = Pick<Settings, 'services' | 'holdTimeMs' | 'timeoutMs' | 'language' | 'hold' | 'startWithWindows' | 'pool'>;

export function toAppSettings(stored: StoredSettings): AppSettings {
  const { services, holdTimeMs, timeoutMs, language, hold, startWithWindows, pool } = stored;
  return { language: language ?? 'system', services, holdTimeMs, waitTimeoutMs: timeoutMs, hold, startWithWindows, pool };
}
