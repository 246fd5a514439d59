import { describe, expect, it } from 'vitest';

import { problem, ProblemError, type Problem } from '../../electron/contract/problem.js';
import type { ReadRun } from '../../electron/contract/read-run.js';
import type { Run } from '../../electron/contract/run.js';
import { requireWhole } from '../../electron/engine/open-run.js';
import { drainedOf, FE01, runOf } from '../harness/fakes/server-facts.js';

const RUN = runOf([drainedOf('RTCSRV')]);
const DAMAGED = problem('record-damaged', { path: 'runs/x.jsonl', line: 7 });

function read(run: Run | null, damage: Problem | null = null): ReadRun {
  return { runId: RUN.id, path: 'runs/x.jsonl', run, entries: [], entryCount: 0, entriesAfter: () => [], damage };
}

function refusalOf(given: ReadRun): Problem | null {
  try {
    requireWhole(given, FE01);
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

describe('the open run', () => {
  it('is gone on with where it is whole and of this server, however its name is written', () => {
    expect(requireWhole(null, FE01)).toBeNull();
    expect(requireWhole(read(RUN), FE01)?.run).toBe(RUN);
    expect(refusalOf(read({ ...RUN, computerName: 'fe01' }))).toBeNull();
  });

  it('is refused where it is damaged, also where much of it can be read', () => {
    expect(refusalOf(read(RUN, DAMAGED))).toEqual(DAMAGED);
    expect(refusalOf(read(null))?.id).toBe('record-damaged');
  });

  it('is refused where it belongs to another computer, or to a simulated one', () => {
    expect(refusalOf(read({ ...RUN, computerName: 'FE02' }))).toEqual(
      problem('record-of-other-computer', { computer: 'FE02', source: 'simulated' }),
    );
    expect(refusalOf(read({ ...RUN, source: 'windows' }))).toEqual(
      problem('record-of-other-computer', { computer: 'FE01', source: 'windows' }),
    );
  });
});
