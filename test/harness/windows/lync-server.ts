import { packageEdition, PackagedCli } from './packaged-cli.js';
import { SERVICE_RUNNING } from './scm-witness.js';
import { SessionService, type Session, type SessionServiceOptions } from './session-service.js';
import { StubCounters } from './stub-counters.js';
import { WindowsServer } from './windows-server.js';

/** `dwStartType` as winsvc.h has them. */
export const AUTO = 2;
export const MANUAL = 3;
export const DISABLED = 4;

/** Lync services whose counters see every kind of their sessions, so that they can be proved empty. */
export const MEDIATION = { serviceName: 'RTCMEDSRV', port: 5070 } as const;
export const AV_CONFERENCING = { serviceName: 'RTCAVMCU', port: 5063 } as const;
export const WEB_CONFERENCING = { serviceName: 'RTCDATAMCU', port: 8057 } as const;

/** What an administrator can see of a service from outside, without numbers that every start changes. */
export interface SeenService {
  readonly serviceName: string;
  readonly state: number;
  readonly startType: number;
}

/** A Windows server on which session services run under Lync's names, with the packaged command line. */
export class LyncServer {
  readonly server: WindowsServer;
  readonly cli: PackagedCli;
  /** Running, start type Automatic unless said otherwise; in the order in which they were named. */
  readonly services: readonly SessionService[];

  /** The server's counters: those of every service that takes sessions say how many it has. */
  readonly counters: StubCounters;

  private constructor(server: WindowsServer, services: readonly SessionService[], counters: StubCounters) {
    this.server = server;
    this.cli = new PackagedCli(server);
    this.services = services;
    this.counters = counters;
  }

  static async start(...installed: readonly SessionServiceOptions[]): Promise<LyncServer> {
    return LyncServer.on(await WindowsServer.start(), ...installed);
  }

  /** The same on a server that was started already. */
  static async on(server: WindowsServer, ...installed: readonly SessionServiceOptions[]): Promise<LyncServer> {
    await packageEdition();
    const counters = await StubCounters.on(server);
    const services: SessionService[] = [];
    for (const options of installed) {
      const service = await SessionService.install(server, { startType: AUTO, ...options });
      await service.start();
      await requireListening(service);
      if (service.port !== 0) await counters.count(service.serviceName, service.log);
      services.push(service);
    }
    return new LyncServer(server, services, counters);
  }

  /** One session with every service that listens. */
  async openSessions(): Promise<Session[]> {
    const sessions: Session[] = [];
    for (const service of this.services) if (service.port !== 0) sessions.push(await service.openSession());
    return sessions;
  }

  /** Every service that was installed here, as the witness sees it now. */
  async look(): Promise<readonly SeenService[]> {
    const seen: SeenService[] = [];
    for (const { serviceName } of this.services) {
      const { state, startType } = await this.server.witness.query(serviceName);
      seen.push({ serviceName, state, startType });
    }
    return seen;
  }

  /** The same services, all in one state and with one start type: what `look` is compared with. */
  all(state: number, startType: number): readonly SeenService[] {
    return this.services.map(({ serviceName }) => ({ serviceName, state, startType }));
  }

  /** As they were installed and started. */
  get asBefore(): readonly SeenService[] {
    return this.all(SERVICE_RUNNING, AUTO);
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}

/** A service whose port is taken would be tested with the sessions of another run: two runs of these tests share the machine's ports. */
async function requireListening(service: SessionService): Promise<void> {
  const events = await service.events();
  if (events.some(({ event }) => event === 'listen-failed')) {
    throw new Error(`port ${service.port} is taken: do these tests run twice at once?`);
  }
}
