/*
 * Names, reasons and notes come from outside, and what is printed may end on a terminal: an escape sequence in one must not
 * drive the reader's screen, and a bidirectional control must not show `1432-GHC` for what is not that.
 */

/** Control and format characters, line and paragraph separators, and halves of letters (Unicode Cc, Cf, Zl, Zp, Cs). */
export const CONTROL_CHARACTER = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const ALL_CONTROLS = new RegExp(CONTROL_CHARACTER, 'gu');

/** Text from outside with a blank for each character that is no letter, mark, number, sign or blank. Line ends are among them. */
export function withoutControls(text: string): string {
  return text.replace(ALL_CONTROLS, ' ');
}
