import type { AcceptedService, Checklist, LostSessions, Proof, RestartReason, RunSummary } from '../../../contract/checklist.js';
import type { Message } from '../../../contract/message.js';
import type { Messages } from '../../../core/language/messages.js';
import { lossProblem } from '../../../core/maintenance/losses.js';
import type { RunOverview } from '../../../core/maintenance/run-overview.js';
import type { Json, JsonObject } from './json-value.js';

/** The verdicts: `ready` is said of the planned services, everything else of the server as a whole. */
export function verdictJson(checklist: Checklist, messages: Messages): JsonObject {
  const { ready, restart, proof, accepted, losses } = checklist;
  return {
    ready,
    safeToRestart: isSafe(checklist),
    restart: restart.kind,
    cut: restart.cut,
    caveats: restart.caveats.map((caveat) => caveatJson(caveat, messages)),
    notSafeBecause: restart.reasons.map((reason) => reasonJson(reason, messages)),
    proof: proof === null ? null : proofJson(proof),
    accepted: accepted.map(acceptedOf),
    losses: losses.map((loss) => lossJson(loss, messages)),
  };
}

/** A restart cuts nothing that is known of. */
export function isSafe({ restart: { kind } }: Pick<Checklist, 'restart'>): boolean {
  return kind === 'safe' || kind === 'accepted';
}

/** The same of a command that could not even look. */
export const NO_VERDICT: JsonObject = {
  ready: false,
  safeToRestart: false,
  restart: null,
  cut: 0,
  caveats: [],
  notSafeBecause: [],
  proof: null,
  accepted: [],
  losses: [],
};

function caveatJson(caveat: Message, messages: Messages): Json {
  return { id: caveat.id, message: messages.message(caveat) };
}

function reasonJson({ id, serviceName, problem }: RestartReason, messages: Messages): Json {
  const { code, happened, next } = messages.problem(problem);
  return { id, serviceName, code, message: happened, remedy: next };
}

export function proofJson({ since, heldMs, readings, longestGapMs, lastAt, services, sources }: Proof): Json {
  return {
    since,
    heldSeconds: Math.floor(heldMs / 1000),
    readings,
    longestGapSeconds: Math.ceil(longestGapMs / 1000),
    lastAt,
    services,
    sources,
  };
}

function acceptedOf({ serviceName, at, by, note, cut }: AcceptedService): JsonObject {
  return { serviceName, at, by: by.user, note, cut };
}

function lossJson({ serviceName, at, how, count, certainty }: LostSessions, messages: Messages): Json {
  return {
    serviceName,
    at,
    how,
    count,
    certainty,
    message: messages.problem(lossProblem({ serviceName, how, count, certainty })).happened,
  };
}

/** What a reader of a whole run must know first. */
export function overviewJson(
  { signOff, losses, leaks, stalls, accepted, proof, contradictedProofAt }: RunOverview,
  messages: Messages,
): Json {
  return {
    signOff:
      signOff.kind === 'signed'
        ? {
            kind: signOff.kind,
            scope: signOff.confirmed.scope,
            cut: signOff.confirmed.cut,
            accepted: signOff.accepted.map(({ serviceName }) => serviceName),
          }
        : { kind: signOff.kind },
    losses: losses.map((loss) => lossJson(loss, messages)),
    leaks: leaks.map(({ serviceName, times }) => ({ serviceName, times })),
    stalls: stalls.map(({ serviceName, count, at }) => ({ serviceName, count, at })),
    accepted: accepted.map(({ inAdvance, ended, ...one }) => ({
      ...acceptedOf(one),
      inAdvance,
      endedAt: ended?.at ?? null,
      endedBecause: ended?.because ?? null,
    })),
    proof:
      proof === null
        ? null
        : {
            since: proof.since,
            lastAt: proof.lastAt,
            heldSeconds: Math.floor(proof.heldMs / 1000),
            readings: proof.readings,
            longestGapSeconds: Math.ceil(proof.longestGapMs / 1000),
            services: proof.services,
          },
    contradictedProofAt,
  };
}

/** A sign-off: `scope` says whether it is for the server or for the planned services alone, `cut` how many sessions may be cut. */
export function signOffJson(confirmed: RunSummary['confirmed']): Json {
  if (confirmed === null) return null;
  const { at, by, note, scope, cut } = confirmed;
  return { at, by: by.user, note, scope, cut };
}
