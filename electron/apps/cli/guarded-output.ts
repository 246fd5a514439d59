import { CONTROL_CHARACTER } from '../../contract/foreign-text.js';
import type { Output } from './terminal.js';

/** Colours, and what `Screen` draws over its lines with. */
const OWN_SEQUENCE = /\u001b\[(?:\d{1,2}m|K|0J|\d+A\r)/;

const ON_A_TERMINAL = new RegExp(`(${OWN_SEQUENCE.source}|\\n)|${CONTROL_CHARACTER.source}`, 'gu');
const ELSEWHERE = new RegExp(`(\\n)|${CONTROL_CHARACTER.source}`, 'gu');

/**
 * The same stream, to which no other control character than our own comes: the last gate for whatever a record, Windows or a
 * path holds. A sentence has lost them before; this is for text that was forgotten.
 */
export function guardedOutput(output: Output): Output {
  const controls = output.isTerminal ? ON_A_TERMINAL : ELSEWHERE;
  return {
    write: (text) => output.write(text.replace(controls, (_, own: string | undefined) => own ?? ' ')),
    isTerminal: output.isTerminal,
    get columns() {
      return output.columns;
    },
    get failure() {
      return output.failure;
    },
  };
}
