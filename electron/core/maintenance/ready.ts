import type { Quiet } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { message, type Message } from '../../contract/message.js';
import type { RecordedService, Run } from '../../contract/run.js';
import { shownStartType } from '../../contract/service.js';
import type { StartHold } from '../../contract/settings.js';
import { unrecordedServices } from './lost-tail.js';
import { unknownParams } from './restart-verdict.js';
import { holdsAgainstRestart } from './start-hold.js';
import { activeServices, takesNoNewWork } from './step-status.js';

/**
 * Everything that stands between the run and *ready*; empty means ready. Ready is: every planned service paused or
 * stopped, every planned start type holding, and quiet.
 */
export function findBlockers(facts: Facts, run: Run, quiet: Quiet): readonly Message[] {
  const services = activeServices(run);
  const unrecorded = unrecordedServices(run).flatMap((name) => facts.statuses.get(name) ?? []);
  if (services.length === 0 && unrecorded.length === 0) return [message('blocks-not-read')];
  return [
    ...unrecorded.map(({ serviceName, state }) => message('blocks-not-paused', { serviceName, state })),
    ...services.flatMap((service) => blockingState(facts, service)),
    ...services.flatMap((service) => blockingStart(facts, run, service)),
    ...blockingSessions(facts, quiet),
  ];
}

function blockingState(facts: Facts, { serviceName }: RecordedService): Message[] {
  const status = facts.statuses.get(serviceName);
  if (status === undefined) return [message('blocks-missing', { serviceName })];
  if (takesNoNewWork(status)) return [];
  const isPending = status.state.endsWith('-pending');
  return [message(isPending ? 'blocks-pending' : 'blocks-not-paused', { serviceName, state: status.state })];
}

function blockingStart(facts: Facts, run: Run, { serviceName }: RecordedService): Message[] {
  const hold = holdForReady(run);
  if (hold === null || !facts.statuses.has(serviceName)) return [];
  const configuration = facts.configurations.get(serviceName);
  if (configuration === undefined) return [message('blocks-start-type-unknown', { serviceName })];
  if (holdsAgainstRestart(configuration.start, hold)) return [];
  return [message('blocks-start-type', { serviceName, startType: shownStartType(configuration.start) })];
}

/**
 * A quick pause leaves the start types alone, and so is not *ready* where a restart would take calls again. A drain that
 * was told to leave them alone takes that upon itself.
 */
function holdForReady({ order }: Run): StartHold {
  return order.command === 'pause' ? 'demand' : order.hold;
}

function blockingSessions(facts: Facts, quiet: Quiet): Message[] {
  switch (quiet.kind) {
    case 'quiet':
    case 'not-draining':
      return [];
    case 'needs-acceptance':
      return quiet.unknown.map((serviceName) => unknownSessions(facts, serviceName));
    case 'holding':
      return [
        message('blocks-hold-time', { heldSeconds: Math.floor(quiet.heldMs / 1000), holdSeconds: Math.ceil(quiet.holdTimeMs / 1000) }),
      ];
    case 'busy':
      return [
        ...(quiet.sessions > 0 ? [message('blocks-sessions', { count: quiet.sessions })] : []),
        ...quiet.unknown.map((serviceName) => unknownSessions(facts, serviceName)),
      ];
  }
}

function unknownSessions(facts: Facts, serviceName: string): Message {
  const reading = facts.sessions.get(serviceName);
  return message('blocks-unknown-sessions', {
    serviceName,
    ...(reading?.kind === 'unknown' ? unknownParams(reading) : { reason: 'not-read-yet' }),
  });
}
