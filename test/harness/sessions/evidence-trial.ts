import { createLayeredEvidence } from '../../../electron/adapters/layered-evidence/layered-evidence.js';
import type { ServiceStatus } from '../../../electron/contract/service.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';
import type { SessionEvidence } from '../../../electron/ports/session-evidence.js';
import { FakeCmdlet, FakeCounters, FakeProduct, FakeTcp, FakeUdp } from '../fakes/fake-evidence-sources.js';

export const ENDPOINTS = '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints';
export const CLIENTS = '\\LS:SIP - Peers(Clients)\\SIP - Connections Active';
export const NEVER = new Promise<never>(() => undefined);

/** A paused service, unless told otherwise. */
export function service(serviceName: string, given: Partial<ServiceStatus> = {}): ServiceStatus {
  return {
    serviceName,
    displayName: serviceName,
    state: 'paused',
    controlsAccepted: ['stop', 'pause-continue'],
    processId: 400,
    sharesProcess: false,
    checkpoint: 0,
    waitHintMs: 0,
    win32ExitCode: 0,
    serviceSpecificExitCode: 0,
    ...given,
  };
}

/** What tells a Front End. It carries nothing. */
export const CONFERENCING = service('RTCIMMCU', { state: 'stopped', processId: 0 });

/** Layered evidence over sources that say what a test wants, with a clock that the test turns. */
export class EvidenceTrial {
  readonly counters = new FakeCounters();
  readonly tcp = new FakeTcp();
  readonly udp = new FakeUdp();
  readonly cmdlet = new FakeCmdlet();
  readonly product = new FakeProduct();
  nowMs = 1_000_000;
  readonly evidence: SessionEvidence;

  /** @param deadlineMs of each source, in real time: short, for sources that hang */
  constructor({ asksCmdlet = true, deadlineMs = 50 } = {}) {
    const { counters, tcp, udp, cmdlet, product } = this;
    const sources = { counters, tcp, udp, cmdlet: asksCmdlet ? cmdlet : null, product, nowMs: () => this.nowMs };
    this.evidence = createLayeredEvidence(sources, { counters: deadlineMs, windows: deadlineMs, registry: deadlineMs });
  }

  /** Of a service of a Front End. */
  async readOne(serviceName: string, given: Partial<ServiceStatus> = {}): Promise<SessionReading> {
    const one = service(serviceName, given);
    return (await this.evidence.read([one], [one, CONFERENCING])).get(serviceName)!;
  }
}
