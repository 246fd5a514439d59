import type { RebootPreviewRow } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { message, type Message } from '../../contract/message.js';
import { namedIn } from '../../contract/service-names.js';
import type { ServiceConfiguration, StartSetting } from '../../contract/service.js';
import type { StartHold } from '../../contract/settings.js';
import { heldSetting, holdsAgainstRestart } from './start-hold.js';

/**
 * What would run after a restart, and why. Manual is not a lock: a dependent that starts automatically or a trigger can
 * start the service all the same.
 * @param planned service names, in the order of the answer
 * @param assumedHold start types as they would be after the plan; null takes them as they are now
 */
export function previewReboot(facts: Facts, planned: readonly string[], assumedHold: StartHold = null): readonly RebootPreviewRow[] {
  const isPlanned = namedIn(planned);
  const startOf = ({ serviceName, start }: ServiceConfiguration): StartSetting =>
    isPlanned(serviceName) ? assumed(start, assumedHold) : start;
  return planned.map((serviceName) => previewService(facts, serviceName, startOf));
}

function assumed(start: StartSetting, hold: StartHold): StartSetting {
  return hold === null || holdsAgainstRestart(start, hold) ? start : heldSetting(start, hold);
}

function previewService(
  facts: Facts,
  serviceName: string,
  startOf: (configuration: ServiceConfiguration) => StartSetting,
): RebootPreviewRow {
  const configuration = facts.configurations.get(serviceName);
  if (configuration === undefined) return row(serviceName, null, message('reboot-unknown', { serviceName }));
  const start = startOf(configuration);
  switch (start.startType) {
    case 'disabled':
      return row(serviceName, false, message('reboot-stays-disabled', { serviceName }));
    case 'auto':
      return row(
        serviceName,
        true,
        message(start.delayed === true ? 'reboot-starts-automatically-delayed' : 'reboot-starts-automatically', { serviceName }),
      );
    case 'boot':
    case 'system':
      return row(serviceName, true, message('reboot-starts-automatically', { serviceName }));
    case 'demand':
      return previewManual(facts, configuration, startOf);
  }
}

function previewManual(
  facts: Facts,
  configuration: ServiceConfiguration,
  startOf: (configuration: ServiceConfiguration) => StartSetting,
): RebootPreviewRow {
  const { serviceName, dependents, hasStartTrigger } = configuration;
  if (!dependents.known) return row(serviceName, null, message('reboot-unknown', { serviceName }));
  const known = dependents.value.map((name) => facts.configurations.get(name));
  const starter = known.find((dependent) => dependent !== undefined && startsByItself(startOf(dependent)));
  if (starter !== undefined) {
    return row(serviceName, true, message('reboot-started-by-dependent', { serviceName, dependent: starter.serviceName }));
  }
  if (known.includes(undefined)) return row(serviceName, null, message('reboot-unknown', { serviceName }));
  if (hasStartTrigger.known && hasStartTrigger.value) {
    return row(serviceName, null, message('reboot-may-start-by-trigger', { serviceName }));
  }
  // A Windows that does not know the trigger level has no triggers; any other failure leaves the question open.
  if (!hasStartTrigger.known && hasStartTrigger.reason !== 'not-supported') {
    return row(serviceName, null, message('reboot-unknown', { serviceName }));
  }
  return row(serviceName, false, message('reboot-stays-manual', { serviceName }));
}

function startsByItself(start: StartSetting): boolean {
  return start.startType === 'auto' || start.startType === 'boot' || start.startType === 'system';
}

function row(serviceName: string, wouldRun: boolean | null, because: Message): RebootPreviewRow {
  return { serviceName, wouldRun, because };
}
