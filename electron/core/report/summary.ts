import type { AcceptedService } from '../../contract/checklist.js';
import { problem } from '../../contract/problem.js';
import type { RecordedService, Run } from '../../contract/run.js';
import { isSameStart, shownStartType } from '../../contract/service.js';
import type { Speech } from '../language/speech.js';
import { sayUtc } from '../language/time.js';
import { sayAccepted, sayRestart } from '../language/verdict.js';
import { acceptanceEnded } from '../maintenance/acceptance.js';
import { lossProblem } from '../maintenance/losses.js';
import type { RunOverview, SignOffOverview } from '../maintenance/run-overview.js';

/** One sentence of the summary; an alarm is set apart from the rest. */
export interface SummaryLine {
  readonly text: string;
  readonly isAlarm: boolean;
}

/** What a reader must know before anything else: the verdict, what was cut, what disturbed, what was accepted, and the proof. */
export function saySummary(run: Run, overview: RunOverview, speech: Speech): readonly SummaryLine[] {
  const { report: text } = speech.texts;
  const alarm = (sentence: string): SummaryLine => ({ text: sentence, isAlarm: true });
  const plain = (sentence: string): SummaryLine => ({ text: sentence, isAlarm: false });
  const losses = overview.losses.map((loss) =>
    alarm(speech.say(text.lossAt, { at: sayUtc(loss.at), problem: speech.problem(lossProblem(loss)).happened })),
  );
  return [
    ...(losses.length > 0 ? losses : [plain(speech.say(text.noLosses, cutParam(overview)))]),
    saySignOff(overview.signOff, speech),
    plain(sayProofOf(overview, speech)),
    ...sayAcceptances(overview, speech).map(plain),
    ...sayDisturbances(overview, speech).map(plain),
    ...[...run.services.values()].flatMap((service) => sayMoved(service, speech)).map(plain),
  ];
}

/** Given to the sentence that nothing was cut, if the cut of sessions was accepted: a restart cuts those. */
function cutParam({ accepted }: RunOverview): { readonly cut?: number } {
  const cut = accepted.reduce((sum, one) => sum + (one.cut ?? 0), 0);
  return cut > 0 ? { cut } : {};
}

function saySignOff(signOff: SignOffOverview, speech: Speech): SummaryLine {
  const { report: text } = speech.texts;
  switch (signOff.kind) {
    case 'none':
      return { text: text.notSignedOff, isAlarm: false };
    case 'withdrawn':
      return {
        text: speech.say(text.signOffWithdrawn, { at: sayUtc(signOff.at), problem: speech.problem(signOff.problem).happened }),
        isAlarm: true,
      };
    case 'signed': {
      const { at, by } = signOff.confirmed;
      return { text: speech.say(text.atSignOff, { at: sayUtc(at), user: by.user, verdict: sayVerdict(signOff, speech) }), isAlarm: false };
    }
  }
}

/** The sign-off of a server was taken only where a restart cut nothing but what was accepted. */
function sayVerdict({ confirmed, accepted, lossesBefore }: Extract<SignOffOverview, { kind: 'signed' }>, speech: Speech): string {
  const { scope, cut } = confirmed;
  if (scope === 'services') return speech.texts.report.servicesSignedOff;
  const kind = cut > 0 ? 'cuts' : accepted.length > 0 ? 'accepted' : 'safe';
  return sayRestart({ restart: { kind, reasons: [], caveats: [], accepted, cut }, losses: lossesBefore }, speech);
}

function sayProofOf({ proof, contradictedProofAt }: RunOverview, speech: Speech): string {
  const { report: text } = speech.texts;
  if (proof !== null) {
    const { services, since, lastAt, heldMs, readings, longestGapMs } = proof;
    return speech.say(text.proofText, {
      services,
      since: sayUtc(since),
      until: sayUtc(lastAt),
      held: speech.duration(heldMs),
      readings,
      gap: speech.duration(longestGapMs),
    });
  }
  return contradictedProofAt === null ? text.noProof : speech.say(text.contradictedProof, { at: sayUtc(contradictedProofAt) });
}

function sayAcceptances({ accepted }: RunOverview, speech: Speech): readonly string[] {
  const { report: text } = speech.texts;
  const orders: readonly AcceptedService[] = accepted;
  const ends = accepted.flatMap(({ ended }) =>
    ended === null
      ? []
      : [speech.say(text.acceptanceEnded, { at: sayUtc(ended.at), problem: speech.problem(acceptanceEnded(ended)).happened })],
  );
  return [...sayAccepted(orders, speech, (at) => speech.say(text.utc, { at: sayUtc(at) })), ...ends];
}

function sayDisturbances({ leaks, stalls }: RunOverview, speech: Speech): readonly string[] {
  const { report: text } = speech.texts;
  const leaking = leaks.map((leak) => speech.say(text.leak, leak)).join(', ');
  const stalled = stalls.map(({ serviceName, count, at }) => speech.say(text.stall, { serviceName, count, at: sayUtc(at) })).join(', ');
  return [
    ...(leaking === '' ? [] : [speech.say(text.leaks, { services: leaking })]),
    ...(stalled === '' ? [] : [speech.say(text.stalls, { services: stalled })]),
  ];
}

/** A start type that another person set before this run set one. */
function sayMoved({ serviceName, firstStart, original }: RecordedService, speech: Speech): readonly string[] {
  if (isSameStart(firstStart, original.start)) return [];
  const { happened, next } = speech.problem(
    problem('start-type-moved', { serviceName, first: shownStartType(firstStart), now: shownStartType(original.start) }),
  );
  return [`${happened} ${next}`];
}
