import type { Checklist, RestartKind } from '../../../contract/checklist.js';
import { sayTime } from '../../../core/language/time.js';
import { sayAccepted, sayProof, sayReasons, sayRestart } from '../../../core/language/verdict.js';
import { lossProblem } from '../../../core/maintenance/losses.js';
import { bullet } from './bullets.js';
import type { Style } from './style.js';
import { wrapTo } from './text-width.js';

/** The one sentence about a restart of the server. */
export function renderRestart(style: Style, checklist: Checklist): readonly string[] {
  const paint = paintOf(style, checklist.restart.kind);
  return wrapTo(sayRestart(checklist, style.speech), style.columns - 1).map(paint);
}

function paintOf({ colors }: Style, kind: RestartKind): (text: string) => string {
  switch (kind) {
    case 'safe':
    case 'accepted':
      return colors.green;
    case 'cuts':
      return colors.yellow;
    case 'not-safe':
      return colors.red;
  }
}

/**
 * Each kind of reason against a restart with its services and its remedy, as a list; empty if there is none.
 * @param drainsAll true if a drain that names no service is one of all services
 */
export function renderReasons(style: Style, { restart }: Checklist, drainsAll: boolean): readonly string[] {
  const { texts, speech, columns } = style;
  const said = sayReasons(restart.reasons, speech, drainsAll);
  return said.flatMap(({ happened, next }) => bullet([happened, speech.say(texts.next, { next })], columns));
}

/** Why the planned services count as quiet, and what was accepted by hand. */
export function renderProof(style: Style, { proof, accepted, now }: Checklist): readonly string[] {
  const { texts, speech, columns } = style;
  const sayAt = (at: string): string => sayTime(at, now.at);
  const proved = proof === null ? [] : [speech.say(texts.proof, { proof: sayProof(proof, speech, sayAt) })];
  return [...proved, ...sayAccepted(accepted, speech, sayAt)].flatMap((line) => wrapTo(line, columns - 1));
}

/** Sessions that may have been cut in this run; empty if there are none. */
export function renderLosses({ texts, speech, columns, colors }: Style, { losses, now }: Checklist): readonly string[] {
  if (losses.length === 0) return [];
  const lines = losses.flatMap((loss) => bullet([`${sayTime(loss.at, now.at)}  ${speech.problem(lossProblem(loss)).happened}`], columns));
  return [texts.losses, ...lines].map(colors.red);
}
