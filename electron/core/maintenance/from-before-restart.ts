import { isOtherBoot, type Computer } from '../../contract/computer.js';
import type { Run } from '../../contract/run.js';

/** Whether Windows was restarted since the present order was given; also if the restart is on record already. */
export function isFromBeforeRestart(run: Run, computer: Computer): boolean {
  if (isOtherBoot({ bootedAt: run.bootedAtLast, bootId: run.bootIdLast }, computer)) return true;
  return Date.parse(run.orderedAt.at) < Date.parse(computer.bootedAt);
}
