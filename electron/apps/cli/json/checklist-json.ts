import type { Check, Checklist, RebootPreviewRow, RunSummary, ServiceRow } from '../../../contract/checklist.js';
import type { Problem } from '../../../contract/problem.js';
import type { SessionReading, SessionSigns } from '../../../contract/sessions.js';
import type { PlannedStep } from '../../../contract/steps.js';
import type { Messages } from '../../../core/language/messages.js';
import { nameOfEnd } from '../../../core/maintenance/acceptance.js';
import { findFailover } from '../../../core/maintenance/failover.js';
import { installedJson } from './installed-json.js';
import type { Json, JsonObject } from './json-value.js';
import { signOffJson, verdictJson } from './verdict-json.js';

/** Version of everything the terminal prints with --json. Fields are added, never renamed or taken away. */
export const JSON_SCHEMA = 1;

/** What ends a quick pause at its time: a scheduled task, a program at work that waits for it, or nothing but the tray app. */
export type PauseEndsBy = 'task' | 'program' | 'nothing';

/** What `status` knows beside the checklist. */
export interface StatusSurroundings {
  /** What is wrong beside the server and the run. */
  readonly warnings: readonly Problem[];
  /** Given for a quick pause that ends by itself only. */
  readonly pauseEndsBy: PauseEndsBy;
}

/** What `status --json` prints. */
export function statusJson(checklist: Checklist, messages: Messages, { warnings, pauseEndsBy }: StatusSurroundings): Json {
  const { run } = checklist;
  return {
    ...headJson(checklist),
    failedOver: findFailover(checklist) !== undefined,
    run: run === null ? null : { ...runJson(run), ...(run.until !== null && { pauseEndsBy }) },
    ...verdictJson(checklist, messages),
    services: servicesJson(checklist, messages),
    checks: checklist.checks.map((check) => checkJson(check, messages)),
    blockers: blockersJson(checklist, messages),
    rebootPreview: checklist.rebootPreview.map((row) => previewJson(row, messages)),
    estimate: estimateJson(checklist),
    warnings: warnings.map((warning) => problemJson(warning, messages)),
  };
}

/** What `plan --json` prints. */
export function planJson(checklist: Checklist, steps: readonly PlannedStep[], messages: Messages): Json {
  return {
    ...headJson(checklist),
    plan: steps.map(({ serviceName, step, from, to }) => ({ serviceName, step, from, to })),
    checks: checklist.checks.map((check) => checkJson(check, messages)),
  };
}

export function headJson({ now, computer, installed }: Pick<Checklist, 'now' | 'computer' | 'installed'>): JsonObject {
  const { name, bootedAt, source, elevated } = computer;
  return { schema: JSON_SCHEMA, at: now.at, computer: { name, bootedAt, source, elevated }, server: installedJson(installed) };
}

export function runJson(run: RunSummary): JsonObject {
  const { id, phase, openedAt, openedBy, reason, until, confirmed, restart } = run;
  return {
    ...{ id, phase, openedAt, openedBy: openedBy.user, reason, until },
    confirmed: signOffJson(confirmed),
    restart: restart === null ? null : { bootedAt: restart.bootedAt, running: restart.running },
  };
}

export function servicesJson(checklist: Checklist, messages: Messages): Json {
  return checklist.services.map((row) => serviceJson(row, checklist.now.at, messages));
}

function serviceJson(row: ServiceRow, at: string, messages: Messages): Json {
  const {
    serviceName,
    displayName,
    planned,
    state,
    startType,
    originalStartType,
    firstStartType,
    originalState,
    controlsAccepted,
    processId,
    steps,
    wayBack,
    returned,
  } = row;
  return {
    ...{
      serviceName,
      displayName,
      planned,
      state,
      startType,
      originalStartType,
      firstStartType,
      originalState,
      controlsAccepted,
      processId,
    },
    sessions: sessionsJson(row.sessions, at),
    steps: { pause: steps.pause, manual: steps.manual, wait: steps.wait, confirm: steps.confirm },
    wayBack,
    returned,
    problem: row.problem === null ? null : problemJson(row.problem, messages),
  };
}

/** A count, or why it is not known, what was seen at least, and what an administrator may look at. Unknown is never zero. */
export function sessionsJson(reading: SessionReading, at: string): Json {
  if (reading.kind === 'count') return { count: reading.count, evidence: reading.evidence, at };
  const { reason, atLeast, signs } = reading;
  return {
    unknown: reason,
    ...(atLeast !== undefined && { atLeast: atLeast.count, ageSeconds: Math.round(atLeast.ageMs / 1000) }),
    ...(signs !== undefined && { signs: signsJson(signs) }),
  };
}

/** Null is "not known", never zero. */
function signsJson({ connections, ends, mediaPorts, activity, drainingFlag }: SessionSigns): Json {
  return { connections, remoteEnds: ends.map(nameOfEnd), mediaPorts, activity, drainingFlag };
}

export function problemJson(problem: Problem, messages: Messages): Json {
  const { code, happened, next } = messages.problem(problem);
  return { code, message: happened, next };
}

export function checkJson(check: Check, messages: Messages): JsonObject {
  const { id, result, override, overridden } = check;
  return { id, result, message: messages.message(check.message), override, overridden };
}

function previewJson({ serviceName, wouldRun, because }: RebootPreviewRow, messages: Messages): Json {
  return { serviceName, wouldRun, because: messages.message(because) };
}

export function blockersJson({ blockers }: Checklist, messages: Messages): Json {
  return blockers.map((blocker) => ({ id: blocker.id, message: messages.message(blocker) }));
}

export function estimateJson({ estimate }: Checklist): Json {
  if (estimate.kind === 'cannot-say') return null;
  return { lowSeconds: Math.round(estimate.lowMs / 1000), highSeconds: Math.round(estimate.highMs / 1000) };
}
