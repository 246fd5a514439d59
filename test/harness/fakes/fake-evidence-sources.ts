import { readActivityLevel } from '../../../electron/adapters/powershell/activity-answer.js';
import type { CmdletAnswer, CmdletTrouble, CounterAnswer, TcpCount, UdpCount } from '../../../electron/contract/evidence-answers.js';
import type {
  CmdletSource,
  CounterSource,
  OwnServices,
  ProductSource,
  TcpSource,
  TcpWatch,
  UdpSource,
  UdpWatch,
} from '../../../electron/ports/evidence-sources.js';

/** Counters that say what they are told to; a path without an answer is missing. An error rejects. */
export class FakeCounters implements CounterSource {
  answers: Record<string, CounterAnswer | number> | Error = {};
  readonly asked: (readonly string[])[] = [];
  releases = 0;

  async read(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer>> {
    this.asked.push(paths);
    const { answers } = this;
    if (answers instanceof Error) throw answers;
    return new Map(paths.map((path) => [path, toAnswer(answers[path])]));
  }

  async release(): Promise<void> {
    this.releases += 1;
  }
}

function toAnswer(answer: CounterAnswer | number | undefined): CounterAnswer {
  if (typeof answer === 'number') return { kind: 'value', value: answer };
  return answer ?? { kind: 'unreadable', reason: 'counter-missing', raw: '0xc0000bb8' };
}

/** TCP counts by service name; null: cannot be told. An error rejects. */
export class FakeTcp implements TcpSource {
  counts: Record<string, TcpCount | number | null> | Error = {};
  readonly asked: {
    readonly watches: readonly TcpWatch[];
    readonly own: OwnServices;
    readonly withEnds: ReadonlySet<string> | undefined;
  }[] = [];

  async count(
    watches: readonly TcpWatch[],
    own: OwnServices,
    withEnds?: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, TcpCount | null>> {
    this.asked.push({ watches, own, withEnds });
    const { counts } = this;
    if (counts instanceof Error) throw counts;
    return new Map(
      watches.map(({ serviceName }) => {
        const counted = counts[serviceName] ?? null;
        return [serviceName, typeof counted === 'number' ? { count: counted, arrivals: [], ends: [] } : counted];
      }),
    );
  }
}

/** UDP endpoints by service name; null: cannot be told. An error rejects. */
export class FakeUdp implements UdpSource {
  endpoints: Record<string, number | null> | Error = {};
  readonly asked: (readonly UdpWatch[])[] = [];

  async count(watches: readonly UdpWatch[]): Promise<ReadonlyMap<string, UdpCount | null>> {
    this.asked.push(watches);
    const { endpoints } = this;
    if (endpoints instanceof Error) throw endpoints;
    return new Map(
      watches.map(({ serviceName }) => {
        const counted = endpoints[serviceName] ?? null;
        return [serviceName, counted === null ? null : { endpoints: counted }];
      }),
    );
  }
}

/** ActivityLevel as text, by service name in upper case; or why the cmdlet says nothing. */
export class FakeCmdlet implements CmdletSource {
  activities: Record<string, string> = {};
  trouble: CmdletTrouble | null = null;
  ageMs = 0;
  asked = 0;

  readActivities(): CmdletAnswer {
    this.asked += 1;
    if (this.trouble !== null) return { kind: 'unavailable', reason: this.trouble, raw: this.trouble };
    const activities = Object.entries(this.activities).map(([name, text]) => [name, readActivityLevel(text)] as const);
    return { kind: 'activities', activities: new Map(activities), ageMs: this.ageMs };
  }
}

/** The registry's word on the installed product. */
export class FakeProduct implements ProductSource {
  majorVersion: number | null | Error = 5;

  async readMajorVersion(): Promise<number | null> {
    if (this.majorVersion instanceof Error) throw this.majorVersion;
    return this.majorVersion;
  }
}
