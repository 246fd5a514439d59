import * as v from 'valibot';

import type { CmdletAnswer } from '../../sessions/evidence-sources.js';
import { ANSWER_MARK } from './activity-script.js';

const serviceShape = v.object({ name: v.string(), activityLevel: v.string() });
const answerShape = v.variant('outcome', [
  v.object({ outcome: v.literal('read'), services: v.array(serviceShape) }),
  v.object({ outcome: v.literal('module-missing') }),
  v.object({ outcome: v.literal('failed'), errorId: v.string(), message: v.string() }),
]);

/** Finds the answer among everything that was printed. */
export function readActivityAnswer(output: string): CmdletAnswer {
  const parsed = v.safeParse(answerShape, decode(output));
  if (!parsed.success) return { kind: 'unavailable', reason: 'cmdlet-failed', raw: 'PowerShell answered something else' };
  const answer = parsed.output;
  switch (answer.outcome) {
    case 'read':
      return { kind: 'activities', activities: new Map(answer.services.map(({ name, activityLevel }) => [name.toUpperCase(), readActivityLevel(activityLevel)])) };
    case 'module-missing':
      return { kind: 'unavailable', reason: 'cmdlet-missing', raw: "Lync's PowerShell module is not installed" };
    case 'failed':
      return { kind: 'unavailable', reason: 'cmdlet-failed', raw: `${answer.errorId}: ${answer.message}` };
  }
}

function decode(output: string): unknown {
  const line = output.split(/\r?\n/).find((text) => text.startsWith(ANSWER_MARK));
  if (line === undefined) return null;
  try {
    return JSON.parse(Buffer.from(line.slice(ANSWER_MARK.length), 'base64').toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * Reads `Name=number,Name=number`. Names may be translated and are taken as they are. Text of any other shape tells nothing
 * at all: half of it could hide sessions.
 */
export function readActivityLevel(text: string): ReadonlyMap<string, number> {
  const activities = new Map<string, number>();
  for (const part of text.trim() === '' ? [] : text.split(',')) {
    const [, name, number] = /^\s*([^=]*[^=\s])\s*=\s*(-?\d+)\s*$/.exec(part) ?? [];
    if (name === undefined || activities.has(name)) return new Map();
    activities.set(name, Number(number));
  }
  return activities;
}
