/** Wraps a text in a terminal's sequences for a colour or a weight. */
type Paint = (text: string) => string;

/** What our texts are painted with. */
export type Colors = Readonly<Record<keyof typeof SEQUENCES, Paint>>;

/** Where each begins, where it ends, and how it goes on behind an end inside it: bold and dim end with the same sequence. */
const SEQUENCES = {
  bold: ['\u001b[1m', '\u001b[22m', '\u001b[22m\u001b[1m'],
  dim: ['\u001b[2m', '\u001b[22m', '\u001b[22m\u001b[2m'],
  red: ['\u001b[31m', '\u001b[39m', '\u001b[31m'],
  green: ['\u001b[32m', '\u001b[39m', '\u001b[32m'],
  yellow: ['\u001b[33m', '\u001b[39m', '\u001b[33m'],
} as const;

/**
 * Colours for a terminal, or none. Not by a library: the usual ones ask for the standard output while they are loaded, and that
 * loads Node's streams, a tenth of a cold `status`.
 */
export function colorsOf(isColored: boolean): Colors {
  const paint = (name: keyof typeof SEQUENCES): Paint => {
    const [begin, end, again] = SEQUENCES[name];
    return isColored ? (text) => `${begin}${text.replaceAll(end, again)}${end}` : (text) => text;
  };
  return { bold: paint('bold'), dim: paint('dim'), red: paint('red'), green: paint('green'), yellow: paint('yellow') };
}
