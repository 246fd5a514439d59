import { Notification } from 'electron';

import type { AppEvent } from '../../contract/app-snapshot.js';
import type { AppPreferences } from './app-preferences.js';
import type { TrayIcon } from './tray-icon.js';

export interface NotificationParts {
  readonly preferences: AppPreferences;
  readonly icon: Pick<TrayIcon, 'balloon'>;
  /** Windows shows a balloon at the icon; other systems a notification of their own. */
  readonly hasBalloons: boolean;
  /** The state of the server, in words. */
  readonly serverState: () => string;
}

/** Shows an event that calls for an administrator. The words are loaded with the first one. */
export async function showNotification(event: AppEvent, { preferences, icon, hasBalloons, serverState }: NotificationParts): Promise<void> {
  const state = serverState();
  const { announcementOf } = await import('./announcement.js');
  const told = announcementOf(event, preferences.messages, state);
  if (told === null) return;
  if (hasBalloons) icon.balloon(told.title, told.body);
  else if (Notification.isSupported()) new Notification(told).show();
}
