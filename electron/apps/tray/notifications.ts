import { Notification } from 'electron';

import type { AppEvent } from '../../contract/app-snapshot.js';
import type { AppPreferences } from './app-preferences.js';
import type { TrayIcon } from './tray-icon.js';

export interface NotificationParts {
  readonly preferences: AppPreferences;
  readonly icon: Pick<TrayIcon, 'balloon'>;
  /** Windows shows a balloon at the icon; other systems a notification of their own. */
  readonly hasBalloons: boolean;
  /** How the server stands, in words. */
  readonly standing: () => string;
}

/** Shows events that call for an administrator. The words are read with the first event; events come one after another, and so do their balloons. */
export async function showNotification(event: AppEvent, { preferences, icon, hasBalloons, standing }: NotificationParts): Promise<void> {
  const stands = standing();
  const { announcementOf } = await import('./announcement.js');
  const told = announcementOf(event, preferences.messages, stands);
  if (told === null) return;
  if (hasBalloons) icon.balloon(told.title, told.body);
  else if (Notification.isSupported()) new Notification(told).show();
}
