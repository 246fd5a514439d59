import type { Problem } from '../../contract/problem.js';
import type { Entry } from '../../contract/run.js';

/**
 * A record's entries with every remote address replaced: a report goes to people who need not know who was on the line. How many there were
 * stays. The hashes of the entries are those of the record itself.
 * @param instead stands in the place of each address
 */
export function hideAddresses(entries: readonly Entry[], instead: string): readonly Entry[] {
  return entries.map((entry) => hideIn(entry, instead));
}

function hideIn(entry: Entry, instead: string): Entry {
  if (entry.type === 'leaked') return entry.from === null ? entry : { ...entry, from: instead };
  if (entry.type === 'accepted') return { ...entry, ends: entry.ends.map(() => instead) };
  if (entry.type === 'acceptance-ended') return entry.because === 'new-connection' ? { ...entry, detail: instead } : entry;
  if (entry.type === 'withdrawn') return { ...entry, problem: hideInProblem(entry.problem, instead) };
  return entry;
}

function hideInProblem(problem: Problem, instead: string): Problem {
  const namesEnd = problem.id === 'acceptance-ended' && problem.params['because'] === 'connection';
  return namesEnd ? { ...problem, params: { ...problem.params, detail: instead } } : problem;
}
