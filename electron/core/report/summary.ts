import type { AcceptedService } from '../../contract/checklist.js';
import { problem } from '../../contract/problem.js';
import type { RecordedService, Run } from '../../contract/run.js';
import { isSameStart, shownStartType } from '../../contract/service.js';
import type { Messages } from '../language/messages.js';
import { formatUtc } from '../language/time.js';
import { formatAccepted, formatRestart } from '../language/verdict.js';
import { acceptanceEnded } from '../maintenance/acceptance.js';
import { lossProblem } from '../maintenance/losses.js';
import { yieldedTo } from '../maintenance/pool-claim.js';
import type { RunOverview, SignOffOverview } from '../maintenance/run-overview.js';

/** One sentence of the summary; an alarm is set apart from the rest. */
export interface SummaryLine {
  readonly text: string;
  readonly isAlarm: boolean;
}

/** What a reader must know before anything else: the verdict, what was cut, what disturbed, what was accepted, and the proof. */
export function formatSummary(run: Run, overview: RunOverview, messages: Messages): readonly SummaryLine[] {
  const { report: text } = messages.texts;
  const alarm = (sentence: string): SummaryLine => ({ text: sentence, isAlarm: true });
  const plain = (sentence: string): SummaryLine => ({ text: sentence, isAlarm: false });
  const losses = overview.losses.map((loss) =>
    alarm(messages.format(text.lossAt, { at: formatUtc(loss.at), problem: messages.problem(lossProblem(loss)).happened })),
  );
  return [
    ...(losses.length > 0 ? losses : [plain(messages.format(text.noLosses, cutParam(overview)))]),
    formatSignOff(overview.signOff, messages),
    ...formatProofOf(overview, messages).map(plain),
    ...formatAcceptances(overview, messages).map(plain),
    ...formatDisturbances(overview, messages).map(plain),
    ...[...run.services.values()].flatMap((service) => formatMoved(service, messages)).map(plain),
  ];
}

/** Given to the sentence that nothing was cut, if the cut of sessions was accepted: a restart cuts those. */
function cutParam({ accepted }: RunOverview): { readonly cut?: number } {
  const cut = accepted.reduce((sum, one) => sum + (one.cut ?? 0), 0);
  return cut > 0 ? { cut } : {};
}

function formatSignOff(signOff: SignOffOverview, messages: Messages): SummaryLine {
  const { report: text } = messages.texts;
  switch (signOff.kind) {
    case 'none':
      return { text: text.notSignedOff, isAlarm: false };
    case 'withdrawn':
      return {
        text: messages.format(text.signOffWithdrawn, { at: formatUtc(signOff.at), problem: messages.problem(signOff.problem).happened }),
        isAlarm: true,
      };
    case 'signed': {
      const { at, by } = signOff.confirmed;
      return {
        text: messages.format(text.atSignOff, { at: formatUtc(at), user: by.user, verdict: formatVerdict(signOff, messages) }),
        isAlarm: false,
      };
    }
  }
}

/** The sign-off of a server was taken only where a restart cut nothing but what was accepted. */
function formatVerdict({ confirmed, accepted, lossesBefore }: Extract<SignOffOverview, { kind: 'signed' }>, messages: Messages): string {
  const { scope, cut } = confirmed;
  if (scope === 'services') return messages.texts.report.servicesSignedOff;
  const kind = cut > 0 ? 'cuts' : accepted.length > 0 ? 'accepted' : 'safe';
  return formatRestart({ restart: { kind, reasons: [], caveats: [], accepted, cut }, losses: lossesBefore }, messages);
}

/** Nothing where every service was accepted by hand: nothing was proved, and the acceptances are said. */
function formatProofOf({ proof, contradictedProofAt }: RunOverview, messages: Messages): readonly string[] {
  const { report: text } = messages.texts;
  if (proof !== null) {
    const { services, since, lastAt, heldMs, readings, longestGapMs } = proof;
    if (services === 0) return [];
    const shown = { services, readings, held: messages.duration(heldMs), gap: messages.duration(longestGapMs) };
    return [messages.format(text.proofText, { ...shown, since: formatUtc(since), until: formatUtc(lastAt) })];
  }
  return [contradictedProofAt === null ? text.noProof : messages.format(text.contradictedProof, { at: formatUtc(contradictedProofAt) })];
}

function formatAcceptances({ accepted }: RunOverview, messages: Messages): readonly string[] {
  const { report: text } = messages.texts;
  const orders: readonly AcceptedService[] = accepted;
  const ends = accepted.flatMap(({ ended }) =>
    ended === null
      ? []
      : [messages.format(text.acceptanceEnded, { at: formatUtc(ended.at), problem: messages.problem(acceptanceEnded(ended)).happened })],
  );
  return [...formatAccepted(orders, messages, (at) => messages.format(text.utc, { at: formatUtc(at) })), ...ends];
}

function formatDisturbances({ leaks, stalls, gaveWay }: RunOverview, messages: Messages): readonly string[] {
  const { report: text } = messages.texts;
  const leaking = leaks.map((leak) => messages.format(text.leak, leak)).join(', ');
  const stalled = stalls
    .map(({ serviceName, count, at }) => messages.format(text.stall, { serviceName, count, at: formatUtc(at) }))
    .join(', ');
  return [
    ...gaveWay.map(({ at, to }) => messages.format(text.gaveWay, { at: formatUtc(at), problem: messages.problem(yieldedTo(to)).happened })),
    ...(leaking === '' ? [] : [messages.format(text.leaks, { services: leaking })]),
    ...(stalled === '' ? [] : [messages.format(text.stalls, { services: stalled })]),
  ];
}

/** A start type that another person set before this run set one. */
function formatMoved({ serviceName, firstStart, original }: RecordedService, messages: Messages): readonly string[] {
  if (isSameStart(firstStart, original.start)) return [];
  const { happened, next } = messages.problem(
    problem('start-type-moved', { serviceName, first: shownStartType(firstStart), now: shownStartType(original.start) }),
  );
  return [`${happened} ${next}`];
}
