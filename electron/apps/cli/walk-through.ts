import { EXIT_CODES } from '../../contract/outcome.js';
import type { TerminalTexts } from '../../core/language/terminal-texts.js';

/** What a walk does, and with what. */
export interface WalkParts {
  readonly texts: TerminalTexts['walk'];
  /** Which server it is; null: the plain Front End. */
  readonly scenario: string | null;
  /** How many times faster than real time the server's clock runs. */
  readonly speed: number;
  /** Says a sentence to the newcomer, with its places filled. */
  readonly tell: (sentence: string, params?: Readonly<Record<string, string | number>>) => Promise<void>;
  /** Shows a command as it would be typed, and runs it. @returns its exit code */
  readonly run: (...typed: string[]) => Promise<number>;
  /** The services that only an administrator's word can settle now. */
  readonly missingAcceptances: () => Promise<readonly string[]>;
  /** Restarts Windows. */
  readonly restart: () => Promise<void>;
}

/**
 * A whole maintenance by the product's own commands, with a sentence between them: to the way back on a server of any role.
 * @returns false if a command did not end as it should
 */
export async function walkThrough(walk: WalkParts): Promise<boolean> {
  const { texts, scenario, speed, tell, run } = walk;
  await tell(texts.title);
  if (scenario !== null) await tell(texts.scenario, { scenario });
  await tell(texts.start);
  await tell(texts.plan);
  if (!isDone(await run('plan'))) return false;
  await tell(scenario === null ? texts.drain : texts.drainScenario, { speed });
  const accepted = await drain(walk);
  if (accepted === null) return false;
  await tell(accepted.length === 0 ? texts.confirm : texts.confirmAccepted);
  if (!isDone(await run('confirm', '--note', 'patches of this month'))) return false;
  await tell(texts.restart);
  await walk.restart();
  await tell(texts.after);
  if (!isDone(await run('status'))) return false;
  await tell(texts.resume);
  if (!isDone(await run('resume'))) return false;
  await tell(texts.end);
  return true;
}

/** @returns the services that were accepted by hand; null if it does not become ready */
async function drain({ texts, tell, run, missingAcceptances }: WalkParts): Promise<readonly string[] | null> {
  const order = ['drain', '--reason', 'CHG-1234'];
  const exitCode = await run(...order);
  if (isDone(exitCode)) return [];
  const missing = exitCode === EXIT_CODES['needs-acceptance'] ? await missingAcceptances() : [];
  if (missing.length === 0) return null;
  await tell(texts.accept, { services: missing.join(', ') });
  if (!isDone(await run('accept', ...missing, '--note', 'looked at its connections'))) return null;
  await tell(texts.drainAgain);
  return isDone(await run(...order)) ? missing : null;
}

function isDone(exitCode: number): boolean {
  return exitCode === EXIT_CODES.done;
}
