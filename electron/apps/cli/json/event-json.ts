import { EXIT_CODES } from '../../../contract/outcome.js';
import type { Messages } from '../../../core/language/messages.js';
import type { CommandResult, EngineEvent } from '../../../engine/engine.js';
import { blockersJson, checkJson, estimateJson, JSON_SCHEMA, problemJson, runJson, servicesJson, sessionsJson } from './checklist-json.js';
import type { JsonObject } from './json-value.js';
import { isSafe, NO_VERDICT, proofJson, verdictJson } from './verdict-json.js';

/** One event as one object on a line of its own. */
export function eventJson(event: EngineEvent, messages: Messages): JsonObject {
  return { type: event.type, at: event.at, ...contentOf(event, messages) };
}

function contentOf(event: EngineEvent, messages: Messages): JsonObject {
  switch (event.type) {
    case 'run':
      return { runId: event.runId, opened: event.opened, undoCardPath: event.undoCardPath };
    case 'check':
      return checkJson(event.check, messages);
    case 'step':
      return stepEvent(event, messages);
    case 'waiting':
      return waitingEvent(event);
    case 'sessions':
      return sessionsEvent(event, messages);
    case 'leak':
      return { serviceName: event.serviceName, before: event.before, after: event.after, from: event.from };
    case 'stalled':
      return { serviceName: event.serviceName, count: event.count, sinceSeconds: Math.round(event.sinceMs / 1000) };
    case 'lost':
      return { serviceName: event.serviceName, how: event.how, count: event.count, certainty: event.certainty };
    case 'accepted':
      return { serviceName: event.serviceName, user: event.user, note: event.note, cut: event.cut };
    case 'awake':
    case 'acceptance-ended':
    case 'outside-change':
      return { serviceName: event.serviceName, problem: problemJson(event.problem, messages) };
    case 'unseen-pause':
      return { serviceName: event.serviceName, leftSeconds: Math.round(event.leftMs / 1000) };
    case 'tail-lost':
      return { path: event.path, entries: event.entries, anchored: event.anchored, services: event.services };
    case 'withdrawn':
    case 'yielded':
      return { problem: problemJson(event.problem, messages) };
    case 'restarted':
      return { bootedAt: event.bootedAt, running: event.running };
    case 'lock-taken-over': {
      const { user, face, processId, computer, command, since } = event.from;
      return { from: { user, face, processId, computer, command, since } };
    }
  }
}

function stepEvent({ serviceName, step, state, problem }: Extract<EngineEvent, { type: 'step' }>, messages: Messages): JsonObject {
  return { serviceName, step, state, problem: problem === null ? null : problemJson(problem, messages) };
}

function waitingEvent({ serviceName, step, state, sinceMs, isAnswered }: Extract<EngineEvent, { type: 'waiting' }>): JsonObject {
  return { serviceName, step, state, seconds: Math.round(sinceMs / 1000), answered: isAnswered };
}

function sessionsEvent({ checklist }: Extract<EngineEvent, { type: 'sessions' }>, messages: Messages): JsonObject {
  return {
    ready: checklist.ready,
    safeToRestart: isSafe(checklist),
    restart: checklist.restart.kind,
    proof: checklist.proof === null ? null : proofJson(checklist.proof),
    phase: checklist.run?.phase ?? null,
    sessions: checklist.curve.at(-1)?.sessions ?? null,
    services: checklist.services
      .filter((row) => row.planned)
      .map(({ serviceName, sessions }) => ({ serviceName, sessions: sessionsJson(sessions, checklist.now.at) })),
    blockers: blockersJson(checklist, messages),
    estimate: estimateJson(checklist),
  };
}

/** The last line of every command that does something. */
export function resultJson(result: CommandResult, messages: Messages): JsonObject {
  const { outcome, problem, checklist } = result;
  return {
    type: 'result',
    schema: JSON_SCHEMA,
    at: checklist?.now.at ?? null,
    exitCode: EXIT_CODES[outcome],
    outcome,
    problem: problem === null ? null : problemJson(problem, messages),
    run: checklist?.run == null ? null : runJson(checklist.run),
    ...(checklist === null ? NO_VERDICT : verdictJson(checklist, messages)),
    checks:
      checklist === null ? [] : checklist.checks.filter(({ result: found }) => found !== 'pass').map((check) => checkJson(check, messages)),
    services: checklist === null ? [] : servicesJson(checklist, messages),
  };
}
