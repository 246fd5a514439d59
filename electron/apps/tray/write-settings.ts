import type { AppSettings } from '../../contract/app-snapshot.js';
import { ProblemError, type Problem } from '../../contract/problem.js';
import type { StoredSettings } from './settings-choice.js';

/** Where settings are kept, and what they have an effect on at once. */
export interface SettingsKeeper<T extends StoredSettings> {
  readonly records: { prepare(): void };
  readonly settingsFile: { read(): Promise<T>; write(settings: T): Promise<void> };
  readonly pool: { nameIt(fqdn: string): Promise<Problem | null> };
  /** Has the app start with Windows, or no longer. */
  readonly autostart: (isWanted: boolean) => Promise<void>;
}

/** @throws ProblemError pool-name-unknown, pool-name-not-ours, and as the settings file does; then nothing is written */
export async function writeAppSettings<T extends StoredSettings>(keeper: SettingsKeeper<T>, settings: AppSettings): Promise<void> {
  const { records, settingsFile, pool, autostart } = keeper;
  records.prepare();
  const stored = await settingsFile.read();
  const fault = settings.pool === null || settings.pool === stored.pool ? null : await pool.nameIt(settings.pool);
  if (fault !== null) throw new ProblemError(fault);
  await autostart(settings.startWithWindows);
  await settingsFile.write(withAppSettings(stored, settings));
}

/** What the window does not show stays as it is in the file. */
function withAppSettings<T extends StoredSettings>(stored: T, settings: AppSettings): T {
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
