import type { CmdletsSay, PoolCmdlets } from '../../ports/pool-information.js';
import { troubleOfScript } from './cmdlet-failure.js';
import { REFUSAL } from './lync-script.js';
import { readFabricAnswer, readMembersAnswer, readReadinessAnswer, readTopologyAnswer } from './pool-answers.js';
import { fabricStateScript, membersScript, readinessScript, topologyScript } from './pool-scripts.js';
import type { PowerShellPlace } from './powershell-port.js';
import { PowerShellSession } from './powershell-session.js';

/** Loading Lync's module alone can take a minute; readiness of 2015 can wait for replicas. */
const TIMEOUT_MS = 120_000;
const START_MS = 30_000;

export interface PoolCmdletsOptions {
  readonly place: PowerShellPlace;
  /** Looked in for Lync's module instead of the machine's own places. */
  readonly moduleFolder?: string;
  /** For each question. */
  readonly timeoutMs?: number;
  readonly startMs?: number;
}

/**
 * The pool by Lync's cmdlets, in a PowerShell of its own: one that waits for replicas must not keep activities waiting. One question at a
 * time; one that hangs is ended with its PowerShell, and the next one starts another.
 */
export function createPoolCmdlets({ place, moduleFolder, timeoutMs = TIMEOUT_MS, startMs = START_MS }: PoolCmdletsOptions): PoolCmdlets {
  const session = new PowerShellSession(place);
  const folder = moduleFolder ?? null;
  let previous: Promise<unknown> = Promise.resolve();
  const run = async <T>(line: string, read: (output: string) => CmdletsSay<T>): Promise<CmdletsSay<T>> => {
    const result = await session.run({ line, refusal: REFUSAL }, { timeoutMs, startMs: Math.min(startMs, timeoutMs) });
    if (result.kind === 'output') return read(result.text);
    return { kind: 'unavailable', trouble: troubleOfScript(result.kind), raw: `${result.kind}: ${result.message}` };
  };
  const ask = <T>(line: string, read: (output: string) => CmdletsSay<T>): Promise<CmdletsSay<T>> => {
    const answer = previous.then(() => run(line, read));
    previous = answer;
    return answer;
  };
  return {
    readMembers: () => ask(membersScript(folder), readMembersAnswer),
    readReadiness: () => ask(readinessScript(folder), readReadinessAnswer),
    readFabricState: (poolFqdn) => ask(fabricStateScript(poolFqdn, folder), readFabricAnswer),
    readTopology: () => ask(topologyScript(folder), readTopologyAnswer),
    end: () => session.end(),
  };
}
