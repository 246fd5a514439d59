/** What the rules of the documents read: files named in a page, and rows of its tables. */

/** Top folders of the repository. A word that begins with one of them and a slash is a path. */
const TOP_FOLDERS = ['acceptance', 'assets', 'build', 'docs', 'electron', 'native', 'renderer', 'test', '\\.ci', '\\.github', '\\.vscode'];
const FULL_PATH = new RegExp(`(?<![\\w./@\\\\-])(?:${TOP_FOLDERS.join('|')})/[\\w.*{},/-]*`, 'g');

/** A source file named by less than its path from the root: it cannot be opened, and no script can rename it. */
const SHORT_NAME = /`([\w./-]+\.(?:tsx?|mjs|c|h|nsi))`/g;

/** Every path that a page names, without the full stop of its sentence. */
export function pathsIn(text: string): readonly string[] {
  const full = [...text.matchAll(FULL_PATH)].map(([path]) => path.replace(/[.,]+$/, ''));
  const short = [...text.matchAll(SHORT_NAME)].map(([, name = '']) => name);
  return [...new Set([...full, ...short])];
}

/** The paths that a page names and the repository does not have. `*` and `{a,b}` stand for what they do in a shell. */
export function missingPaths(text: string, files: readonly string[]): readonly string[] {
  return pathsIn(text).filter((path) => {
    const pattern = patternOf(path);
    return !files.some((file) => pattern.test(file));
  });
}

/** The npm scripts that a page tells its reader to run. */
export function scriptsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name))];
}

/** A file, or a folder that holds one. */
function patternOf(path: string): RegExp {
  const escaped = path.replace(/\/$/, '').replaceAll(/[.+?^$()|[\]\\]/g, '\\$&');
  const choices = escaped.replaceAll(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(',', '|')})`);
  return new RegExp(`^${choices.replaceAll('*', '[^/]*')}(?:/|$)`);
}

/** The cells of every row below the head of every table in a page. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const isRow = (line: string | undefined): boolean => line?.startsWith('|') === true;
  const isRule = (line: string | undefined): boolean => /^\|[\s|:-]+\|$/.test(line ?? '');
  return lines
    .filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** The part of a page under one heading of the second level. */
export function sectionOf(text: string, heading: string): string {
  const [, rest = ''] = text.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}
