import type { Messages } from '../../../core/language/messages.js';
import type { TerminalTexts } from '../../../core/language/terminal-texts.js';
import type { GlobalOptions } from '../parsed-command.js';
import type { Output, Terminal } from '../terminal.js';
import { colorsOf, type Colors } from './colors.js';

/** How things look on one stream: language, width, colours, characters. */
export interface Style {
  readonly messages: Messages;
  readonly texts: TerminalTexts;
  readonly columns: number;
  readonly colors: Colors;
  /** False where block characters may not show. */
  readonly isUnicode: boolean;
  readonly isVerbose: boolean;
}

const MIN_COLUMNS = 40;
const MAX_COLUMNS = 120;

export function styleOf(
  output: Output,
  terminal: Terminal,
  global: GlobalOptions,
  { messages, texts }: Pick<Style, 'messages' | 'texts'>,
): Style {
  const { environment } = terminal;
  const isColored = output.isTerminal && global.color && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  return {
    messages,
    texts,
    // Asked each time: a window may be made smaller while a drain goes on.
    get columns() {
      return Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, output.columns));
    },
    colors: colorsOf(isColored),
    isUnicode: showsBlocks(environment),
    isVerbose: global.verbose,
  };
}

/** The old Windows console lacks block characters in its raster font; newer terminals name themselves. */
function showsBlocks(environment: Terminal['environment']): boolean {
  if (environment['OS'] === 'Windows_NT') return environment['WT_SESSION'] !== undefined || environment['TERM_PROGRAM'] !== undefined;
  const locale = environment['LC_ALL'] ?? environment['LC_CTYPE'] ?? environment['LANG'] ?? '';
  return environment['TERM'] !== 'linux' && /utf-?8/i.test(locale);
}
