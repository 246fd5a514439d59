import * as v from 'valibot';

import type { CmdletAnswer, ServiceActivity } from '../../contract/evidence-answers.js';
import { noAnswerShapes, reasonOfNoAnswer, SOMETHING_ELSE, type NoAnswerReason } from './cmdlet-failure.js';
import { decodeAnswer } from './lync-script.js';

const serviceShape = v.object({ name: v.string(), activityLevel: v.string() });
const answerShape = v.variant('outcome', [v.object({ outcome: v.literal('read'), services: v.array(serviceShape) }), ...noAnswerShapes]);

/** What the script printed: every service's activity, or why there is none. */
export type PrintedAnswer =
  | { readonly kind: 'activities'; readonly activities: ReadonlyMap<string, ServiceActivity> }
  | Extract<CmdletAnswer, { kind: 'unavailable' }>;

export function readActivityAnswer(output: string): PrintedAnswer {
  const parsed = v.safeParse(answerShape, decodeAnswer(output));
  if (!parsed.success) return unavailable(SOMETHING_ELSE);
  const answer = parsed.output;
  if (answer.outcome !== 'read') return unavailable(reasonOfNoAnswer(answer));
  return {
    kind: 'activities',
    activities: new Map(answer.services.map(({ name, activityLevel }) => [name.toUpperCase(), readActivityLevel(activityLevel)])),
  };
}

function unavailable({ trouble, raw }: NoAnswerReason): PrintedAnswer {
  return { kind: 'unavailable', reason: trouble, raw };
}

/** A name with its whole number, between separators; a number with a decimal point or comma is not taken for a shorter one. */
const NAMED_NUMBER = /([^=,;|\r\n]*[^=,;|\s])\s*=\s*(-?\d+)(?![\d.])/g;
const WHOLE_PART = /^\s*[^=]*[^=\s]\s*=\s*-?\d+\s*$/;

/**
 * Reads `Name=number,Name=number`. Names may be translated and are taken as they are. Of text in any other shape the numbers
 * that can be found are told, and that it was not read whole: the rest could hide sessions.
 */
export function readActivityLevel(text: string): ServiceActivity {
  const named = [...text.matchAll(NAMED_NUMBER)].map(([, name = '', number = '']) => [name.trim(), Number(number)] as const);
  const values = new Map<string, number>();
  for (const [name, value] of named) values.set(name, Math.max(value, values.get(name) ?? value));
  const parts = text.trim() === '' ? [] : text.split(',');
  return { text, values, isWhole: parts.every((part) => WHOLE_PART.test(part)) && values.size === parts.length };
}
