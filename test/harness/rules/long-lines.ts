const MAX_COLUMNS = 140;

/** True of a line of code that its writer could have broken: what is too long in it is no string and no regular expression. */
export function isTooLong(line: string): boolean {
  return line.length > MAX_COLUMNS && withoutLiterals(line).length > MAX_COLUMNS;
}

/** Sentences stay whole, so that a search finds them: each literal shrinks to its marks. */
function withoutLiterals(line: string): string {
  if (/^\s*(\/\/|\/?\*)/.test(line)) return line;
  return line.replace(/(['"`])(?:\\.|(?!\1).)*\1|(?<=^\s*|[(,:=] ?)\/(?:\\.|[^/])+\/[a-z]*/g, "''");
}
