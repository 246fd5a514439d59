import type { Checklist, RestartKind } from '../../../contract/checklist.js';
import { formatTime } from '../../../core/language/time.js';
import { formatAccepted, formatProof, formatReasons, formatRestart } from '../../../core/language/verdict.js';
import { lossProblem } from '../../../core/maintenance/losses.js';
import { bullet } from './bullets.js';
import type { Style } from './style.js';
import { wrapTo } from './text-width.js';

/** The one sentence about a restart of the server. */
export function renderRestart(style: Style, checklist: Checklist): readonly string[] {
  const paint = paintOf(style, checklist.restart.kind);
  return wrapTo(formatRestart(checklist, style.messages), style.columns - 1).map(paint);
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
  const { texts, messages, columns } = style;
  const said = formatReasons(restart.reasons, messages, drainsAll);
  return said.flatMap(({ happened, next }) => bullet([happened, messages.format(texts.next, { next })], columns));
}

/** Why the planned services count as quiet, and what was accepted by hand. */
export function renderProof(style: Style, { proof, accepted, now }: Checklist): readonly string[] {
  const { texts, messages, columns } = style;
  const formatAt = (at: string): string => formatTime(at, now.at);
  // Where every one of them was accepted by hand, nothing was proved.
  const proved =
    proof === null || proof.services === 0 ? [] : [messages.format(texts.proof, { proof: formatProof(proof, messages, formatAt) })];
  return [...proved, ...formatAccepted(accepted, messages, formatAt)].flatMap((line) => wrapTo(line, columns - 1));
}

/** Sessions that may have been cut in this run; empty if there are none. */
export function renderLosses({ texts, messages, columns, colors }: Style, { losses, now }: Checklist): readonly string[] {
  if (losses.length === 0) return [];
  const lines = losses.flatMap((loss) =>
    bullet([`${formatTime(loss.at, now.at)}  ${messages.problem(lossProblem(loss)).happened}`], columns),
  );
  return [texts.losses, ...lines].map(colors.red);
}
