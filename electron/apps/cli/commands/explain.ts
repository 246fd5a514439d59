import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { problem, PROBLEM_IDS, PROBLEMS, ProblemError, type Problem, type ProblemId } from '../../../contract/problem.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { JSON_SCHEMA, problemJson } from '../json/checklist-json.js';
import { renderProblem } from '../render/problem-text.js';
import { renderTable } from '../render/table.js';

/** What a code means and what to do; without a code, all of them. Needs no server. */
export function explain(context: Omit<CommandContext, 'server'>): ExitCode {
  const { parsed, messages, style, texts } = context;
  const [code] = parsed.operands;
  const ids = code === undefined ? sortedIds() : [findId(code)];
  if (parsed.global.json) {
    printJson(context, { schema: JSON_SCHEMA, codes: ids.map((id) => problemJson(inGeneral(id), messages)) });
  } else if (code !== undefined) {
    printLines(
      context,
      ids.flatMap((id) => renderProblem(style, inGeneral(id))),
    );
  } else {
    const rows = ids.map((id) => [{ text: PROBLEMS[id].code }, { text: messages.problem(inGeneral(id)).happened }]);
    printLines(context, [...renderTable(style, [texts.columns.code, texts.columns.meaning], rows), '', texts.allCodes]);
  }
  return EXIT_CODES.done;
}

function sortedIds(): readonly ProblemId[] {
  return [...PROBLEM_IDS].sort((one, other) => PROBLEMS[one].code.localeCompare(PROBLEMS[other].code, 'en'));
}

/** Also `2053` and `ld2053`. @throws ProblemError unknown-code */
function findId(code: string): ProblemId {
  const digits = /^(?:LD-?)?(\d{4})$/i.exec(code)?.[1];
  const found = PROBLEM_IDS.find((id) => PROBLEMS[id].code === `LD-${digits}` || id === code.toLowerCase());
  if (found === undefined) throw new ProblemError(problem('unknown-code', { name: code }));
  return found;
}

/** The problem without a case at hand: every place shows its own name. */
function inGeneral(id: ProblemId): Problem {
  const places = PROBLEMS[id].places.filter((place) => !place.endsWith('?'));
  return { id, params: Object.fromEntries(places.map((place) => [place, `<${place}>`])) };
}
