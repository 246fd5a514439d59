import type { Problem } from '../../../contract/problem.js';
import { formatExpected } from './expected-value.js';
import type { Style } from './style.js';
import { wrapTo } from './text-width.js';

/** A problem with its next step, the code in front so that it can be looked up. */
export function renderProblem(style: Style, problem: Problem): readonly string[] {
  const { code, happened, next } = style.messages.problem(formatExpected(problem, style.texts));
  const indent = ' '.repeat(code.length + 2);
  const width = style.columns - indent.length - 1;
  const lines = [...wrapTo(happened, width), ...wrapTo(style.messages.format(style.texts.next, { next }), width)];
  return lines.map((line, index) => (index === 0 ? `${style.colors.red(code)}  ${line}` : indent + line));
}
