import type { Scenario } from '../scenario.js';
import { accessLists } from './access-lists.js';
import { countedSessions } from './counted-sessions.js';
import { endedProcess } from './ended-process.js';
import { eventLog } from './event-log.js';
import { killedCommand } from './killed-command.js';
import { launcher } from './launcher.js';
import { misbehavingServices } from './misbehaving-services.js';
import { otherServer } from './other-server.js';
import { quickPause } from './quick-pause.js';
import { refusingService } from './refusing-service.js';
import { startSettings } from './start-settings.js';
import { trayApp } from './tray-app.js';
import { twoAdministrators } from './two-administrators.js';
import { wholeMaintenance } from './whole-maintenance.js';

/** In the order in which they are played. */
export const SCENARIOS: readonly Scenario[] = [
  launcher,
  accessLists,
  wholeMaintenance,
  countedSessions,
  misbehavingServices,
  refusingService,
  endedProcess,
  killedCommand,
  twoAdministrators,
  otherServer,
  quickPause,
  startSettings,
  eventLog,
  trayApp,
];
