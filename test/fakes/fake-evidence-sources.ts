import type { CmdletAnswer, CmdletSource, CounterAnswer, CounterSource, OwnServices, TcpCount, TcpSource, TcpWatch } from '../../electron/sessions/evidence-sources.js';

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
  readonly asked: { readonly watches: readonly TcpWatch[]; readonly own: OwnServices }[] = [];

  async count(watches: readonly TcpWatch[], own: OwnServices): Promise<ReadonlyMap<string, TcpCount | null>> {
    this.asked.push({ watches, own });
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

/** Activities by service name in upper case. An error is what the cmdlet failed with. */
export class FakeCmdlet implements CmdletSource {
  activities: Record<string, Record<string, number>> | Error = {};
  asked = 0;

  readActivities(): CmdletAnswer {
    this.asked += 1;
    if (this.activities instanceof Error) return { kind: 'unavailable', reason: 'cmdlet-failed', raw: this.activities.message };
    const activities = Object.entries(this.activities).map(([name, numbers]) => [name, new Map(Object.entries(numbers))] as const);
    return { kind: 'activities', activities: new Map(activities) };
  }
}
