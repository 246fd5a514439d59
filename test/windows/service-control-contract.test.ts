import { describeWhere } from '../harness/describe-where.js';
import {
  type ContractServices,
  type ContractSubject,
  describeServiceControl,
} from '../harness/service-control/service-control-contract.js';
import { AdapterProcess } from '../harness/windows/adapter-process.js';
import { SessionService, type SessionServiceOptions } from '../harness/windows/session-service.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const AUTO = 2;
const DISABLED = 4;

const SERVICES: ContractServices = {
  pausable: 'RTCMEDSRV',
  pausableDisplayName: 'Lync Server Mediation',
  notPausable: 'RTCSRV',
  stopped: 'RTCCAA',
  startable: 'RTCCAS',
  disabled: 'RTCRGS',
  slow: 'RTCAVMCU',
  refusing: { serviceName: 'RTCASMCU', win32: 1053 },
  stopsInstead: 'RTCIMMCU',
  crashing: 'RTCDATAMCU',
  markedForDeletion: 'RTCATS',
  needed: 'RTCCPS',
  dependent: 'RTCXMPPTGW',
  oddlyNamed: ['MSSQL$RTC [1]', 'it\'s "so" & 50% {x}', '会议 服务', 'Служба Ünïcode'],
};

const RUN: readonly SessionServiceOptions[] = [
  { serviceName: SERVICES.pausable, displayName: SERVICES.pausableDisplayName },
  { serviceName: SERVICES.notPausable, isNotPausable: true },
  { serviceName: SERVICES.slow, onPause: 'slow:1500' },
  // Wine passes a handler's error over, so the one that refuses is one that gives no answer in 30 s.
  { serviceName: SERVICES.refusing.serviceName, onPause: 'block:33000' },
  { serviceName: SERVICES.stopsInstead, onPause: 'stop' },
  { serviceName: SERVICES.crashing, onPause: 'crash' },
  { serviceName: SERVICES.markedForDeletion },
  { serviceName: SERVICES.needed },
  ...SERVICES.oddlyNamed.map((serviceName) => ({ serviceName })),
];
const STOPPED: readonly SessionServiceOptions[] = [
  { serviceName: SERVICES.stopped },
  { serviceName: SERVICES.startable },
  { serviceName: SERVICES.disabled, startType: DISABLED },
  { serviceName: SERVICES.dependent, dependencies: [SERVICES.needed] },
];

async function makeSubject(): Promise<ContractSubject> {
  const server = await WindowsServer.start();
  for (const options of RUN) await (await SessionService.install(server, { startType: AUTO, ...options })).start();
  for (const options of STOPPED) await SessionService.install(server, options);
  await server.witness.markForDeletion(SERVICES.markedForDeletion);
  const { serviceControl } = await AdapterProcess.start(server);
  return {
    serviceControl,
    services: SERVICES,
    // Wine 8: QueryServiceConfig2W has none of these levels, EnumDependentServicesW is a stub, a dead process is not seen.
    lacks: ['delayed', 'failure-actions', 'start-trigger', 'dependencies', 'crashes'],
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    dispose: () => server.stop(),
  };
}

describeWhere(WINDOWS)('Windows', () => describeServiceControl('Windows', makeSubject));
