import { findRedChecks, type Stage } from './play.js';
import type { Scenario } from './scenario.js';

/** What came of leaving a call out. */
export interface Proof {
  readonly leftOut: string;
  /** The check that saw it; null if none did, and then the kit proves nothing of that call. */
  readonly red: string | null;
}

/** Calls of the product to Windows, each with the scenario that must see it. */
const WINDOWS_CALLS = [
  { functionName: 'EnumServicesStatusExW', seenBy: 'maintenance' },
  { functionName: 'QueryServiceConfigW', seenBy: 'maintenance' },
  { functionName: 'QueryServiceStatusEx', seenBy: 'maintenance' },
  { functionName: 'ControlService', seenBy: 'maintenance' },
  { functionName: 'ChangeServiceConfigW', seenBy: 'maintenance' },
  { functionName: 'StartServiceW', seenBy: 'misbehaving' },
] as const;

/** Leaves out one call after another, as far as their scenarios are possible here. @param tell what is being tried */
export async function prove(scenarios: readonly Scenario[], stage: Stage, tell: (proof: Proof) => void): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  const add = async (leftOut: string, played: Scenario, left: Stage): Promise<void> => {
    const [red = null] = await findRedChecks(played, left);
    proofs.push({ leftOut, red });
    tell({ leftOut, red });
  };
  const possible = scenarios.filter(({ lacks }) => (lacks?.(stage.abilities) ?? null) === null);
  for (const played of possible) {
    for (const name of callsOf(played, stage)) await add(`${played.id}/${name}`, played, { ...stage, leftOut: `${played.id}/${name}` });
  }
  for (const { functionName, seenBy } of WINDOWS_CALLS) {
    const played = possible.find(({ id }) => id === seenBy);
    if (played === undefined) continue;
    stage.workshop.takeOut(functionName);
    await add(functionName, played, stage);
  }
  stage.workshop.takeOut(null);
  return proofs;
}

/** Some calls are made only where Windows can say what comes of them. */
function callsOf({ calls, callsLacking }: Scenario, { abilities }: Stage): readonly string[] {
  return calls.filter((name) => callsLacking?.(name, abilities) !== true);
}
