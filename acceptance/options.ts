export type Mode = 'run' | 'prove' | 'clean-up' | 'continue' | 'list';

export interface KitOptions {
  readonly mode: Mode;
  /** Where the report goes; null: beside the kit. */
  readonly output: string | null;
  /** Scenarios to play; null: all. */
  readonly only: readonly string[] | null;
  /** A call that is not made: one of the kit to the product (`maintenance/drain`), or one of the product to Windows (`ControlService`). */
  readonly leftOut: string | null;
  /** Leave the machine in a maintenance, for a second part after the next sign-in. */
  readonly preparesSecondPart: boolean;
}

export const USAGE = `run.cmd [--output FOLDER] [--only SCENARIO,SCENARIO] [--second-part] [--leave-out CALL]
run.cmd --prove        leaves out one call after another: each must turn a check red
run.cmd --clean-up     takes away what a run left that was stopped
run.cmd --list         the scenarios, their checks and calls
run.cmd --continue     the second part, after you have signed out or restarted`;

/** @returns the reason when the words cannot be understood */
export function parseOptions(words: readonly string[]): KitOptions | string {
  let options: KitOptions = { mode: 'run', output: null, only: null, leftOut: null, preparesSecondPart: false };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const change = changeBy(word, words[index + 1]);
    if (change === null) return `Not understood: ${word}`;
    options = { ...options, ...change };
    if (['--output', '--only', '--leave-out'].includes(word)) index++;
  }
  return options;
}

function changeBy(word: string, value: string | undefined): Partial<KitOptions> | null {
  switch (word) {
    // What run.cmd says to itself.
    case '--elevated':
      return {};
    case '--clean-up':
      return { mode: 'clean-up' };
    case '--continue':
      return { mode: 'continue' };
    case '--prove':
      return { mode: 'prove' };
    case '--list':
      return { mode: 'list' };
    case '--second-part':
      return { preparesSecondPart: true };
    case '--output':
      return value === undefined ? null : { output: value };
    case '--only':
      return value === undefined ? null : { only: value.split(',') };
    case '--leave-out':
      return value === undefined ? null : { leftOut: value };
    default:
      return null;
  }
}
