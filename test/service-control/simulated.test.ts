import { simulatedService, type ServiceDraft } from '../../electron/adapters/simulator/inventory.js';
import { openSimulation } from '../../electron/adapters/simulator/open-simulated-server.js';
import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import type { Reaction, SimulatedOrder, SimulatedService, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import { MemoryStore } from '../../electron/adapters/simulator/simulated-store.js';
import { ManualTime } from '../harness/fakes/manual-time.js';
import {
  type ContractServices,
  type ContractSubject,
  describeServiceControl,
  type LackingDetail,
} from '../harness/service-control/service-control-contract.js';

const SEED = 1;
const REFUSAL = { times: null, answerAfterMs: 0, obeysAllTheSame: false };

const SERVICES: ContractServices = {
  pausable: 'TestPausable',
  pausableDisplayName: 'A Service for the Contract',
  notPausable: 'TestNotPausable',
  stopped: 'TestStopped',
  startable: 'TestStartable',
  disabled: 'TestDisabled',
  slow: 'TestSlow',
  refusing: { serviceName: 'TestRefusing', win32: 1061 },
  stopsInstead: 'TestStopsInstead',
  crashing: 'TestCrashing',
  markedForDeletion: 'TestMarked',
  needed: 'TestNeeded',
  dependent: 'TestDependent',
  oddlyNamed: ['Test (x64) [live]', `Test O'Hara "Call"`, 'Test-Überwachung', '呼叫录音', 'Test$CDR'],
};

/** The service that each reaction belongs to. */
const REACTIONS: Readonly<Record<string, Partial<Record<SimulatedOrder, Reaction>>>> = {
  TestSlow: { pause: { pendingMs: 2000 } },
  TestRefusing: { pause: { refusal: { ...REFUSAL, win32: 1061 } } },
  TestStopsInstead: { pause: { becomes: { afterMs: 0, state: 'stopped' } } },
  TestCrashing: { pause: { becomes: { afterMs: 0, state: 'stopped', win32ExitCode: 1067 } } },
  TestMarked: { 'set-held': { refusal: { ...REFUSAL, win32: 1072 } } },
};

function drafts(): readonly ServiceDraft[] {
  const running = (serviceName: string, more: Partial<ServiceDraft> = {}): ServiceDraft => ({
    serviceName,
    displayName: serviceName === SERVICES.pausable ? SERVICES.pausableDisplayName : `Display of ${serviceName}`,
    start: 'auto',
    acceptsPause: true,
    ...more,
  });
  const plain = [
    SERVICES.pausable,
    SERVICES.slow,
    SERVICES.refusing.serviceName,
    SERVICES.stopsInstead,
    SERVICES.crashing,
    SERVICES.markedForDeletion,
    SERVICES.needed,
  ];
  return [
    ...[...plain, ...SERVICES.oddlyNamed].map((serviceName) => running(serviceName)),
    running(SERVICES.notPausable, { acceptsPause: false }),
    running(SERVICES.stopped, { start: 'demand' }),
    running(SERVICES.startable, { start: 'demand' }),
    running(SERVICES.disabled, { start: 'disabled' }),
    running(SERVICES.dependent, { dependencies: [SERVICES.needed] }),
  ];
}

function withContractServices(server: SimulatedState): SimulatedState {
  const added = drafts().map((draft, index): SimulatedService => {
    const service = simulatedService(draft, SEED, server.bootedAtMs, server.nextProcessId + 4 * index);
    return { ...service, reactions: REACTIONS[draft.serviceName] ?? {} };
  });
  return { ...server, nextProcessId: server.nextProcessId + 4 * added.length, services: [...server.services, ...added] };
}

async function makeSubject(scenario: string, lacks: readonly LackingDetail[]): Promise<ContractSubject> {
  const time = new ManualTime();
  const store = new MemoryStore(withContractServices(buildServer(scenario, SEED, time.nowMs())));
  const { serviceControl } = await openSimulation(store, time, null);
  return { serviceControl, services: SERVICES, lacks, sleep: (milliseconds) => time.sleep(milliseconds), dispose: async () => undefined };
}

describeServiceControl('simulated', () => makeSubject('default', []));
describeServiceControl('simulated, on an old Windows', () => makeSubject('old-windows', ['delayed', 'failure-actions', 'start-trigger']));
