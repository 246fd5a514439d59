import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { ProblemError } from '../../../contract/problem.js';
import type { ServiceState, StartType } from '../../../contract/service.js';
import type { PlannedStep } from '../../../contract/steps.js';
import { blockingChecks } from '../../../core/maintenance/checks.js';
import type { PlanResult } from '../../../engine/engine.js';
import { drainCommandLine } from '../command-line.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { blameSettings, drainRequest } from '../drain-request.js';
import { planJson } from '../json/checklist-json.js';
import { renderChecks } from '../render/checks-text.js';
import type { Style } from '../render/style.js';
import { renderTable } from '../render/table.js';
import { wrapTo } from '../render/text-width.js';
import { settlePool } from '../settle-pool.js';
import { runOrShowRemains } from '../unreadable-state.js';

/** What `drain` would do, in order, with blockers and warnings; changes nothing. */
export function plan(context: CommandContext): Promise<ExitCode> {
  return runOrShowRemains(context, () => showPlan(context));
}

async function showPlan(context: CommandContext): Promise<ExitCode> {
  const planned = await readPlan(context);
  const isBlocked = blockingChecks(planned.checklist.checks).length > 0;
  if (context.parsed.global.json) printJson(context, planJson(planned.checklist, planned.steps, context.messages));
  else printLines(context, renderPlan(context, planned, isBlocked));
  return isBlocked ? EXIT_CODES.blocked : EXIT_CODES.done;
}

/** @throws ProblemError as the engine does; a service of the settings that is not there is told with their file */
async function readPlan(context: CommandContext): Promise<PlanResult> {
  try {
    await settlePool(context, false);
    return await context.server.engine.plan(drainRequest(context));
  } catch (error) {
    throw error instanceof ProblemError ? new ProblemError(blameSettings(error.problem, context), { cause: error }) : error;
  }
}

function renderPlan(context: CommandContext, planned: PlanResult, isBlocked: boolean): readonly string[] {
  const { texts, style } = context;
  const { checklist, steps } = planned;
  const list =
    steps.length === 0
      ? wrapTo(texts.planNothing, style.columns - 1)
      : [...wrapTo(texts.planTitle, style.columns), '', ...renderSteps(style, steps), ''];
  const more = saysMore(context, planned).flatMap((sentence) => wrapTo(sentence, style.columns - 1));
  return [
    ...list,
    ...more,
    '',
    ...renderChecks(style, checklist.checks),
    ...(isBlocked || steps.length === 0 ? [] : ['', ...formatGo(context)]),
  ];
}

function formatGo({ texts, messages, parsed, style }: CommandContext): readonly string[] {
  return wrapTo(messages.format(texts.planGo, { command: drainCommandLine(parsed) }), style.columns - 1);
}

function renderSteps(style: Style, steps: readonly PlannedStep[]): readonly string[] {
  const { columns } = style.texts;
  const { states, startTypes } = style.messages.texts.words;
  const words: Readonly<Record<string, string>> = { ...states, ...startTypes } satisfies Record<
    ServiceState | StartType | 'missing',
    string
  >;
  const change = (serviceName: string, step: PlannedStep['step']): string => {
    const planned = steps.find((one) => one.serviceName === serviceName && one.step === step);
    return planned === undefined ? '-' : `${words[planned.from] ?? planned.from} -> ${words[planned.to] ?? planned.to}`;
  };
  const names = [...new Set(steps.map(({ serviceName }) => serviceName))];
  const rows = names.map((name) => [name, change(name, 'pause'), change(name, 'manual')].map((text) => ({ text })));
  return renderTable(style, [columns.service, columns.state, columns.startType], rows);
}

/**
 * What the steps do not show: what is left out or accepted in advance, how long a drain waits, what a crash would do, and what else
 * there is.
 */
function saysMore(context: CommandContext, planned: PlanResult): readonly string[] {
  const { checklist, steps } = planned;
  const { texts, messages, parsed, server } = context;
  const { wait, timeoutMs, holdTimeMs } = parsed.options;
  const hold = messages.duration(holdTimeMs ?? server.settings.holdTimeMs);
  const timeout = messages.duration(timeoutMs ?? server.settings.timeoutMs);
  const leftOut = checklist.checks
    .filter((check) => check.overridden && check.override === 'leave-out')
    .map(({ message }) => String(message.params['serviceName']));
  const said = ['recovery', 'failover-tool'].flatMap((id) => checklist.checks.filter((check) => check.id === id));
  return [
    ...(leftOut.length === 0 ? [] : [messages.format(texts.planLeavesOut, { services: leftOut.join(', ') })]),
    ...(steps.length === 0 ? [] : [wait ? messages.format(texts.planWaitFor, { hold, timeout }) : texts.planNoWait]),
    ...formatAcceptedInAdvance(context, planned),
    ...said.map((check) => messages.message(check.message)),
  ];
}

/**
 * An acceptance in advance has an effect only on a service whose sessions are unknown, and only with a note or a reason: also that of the
 * run that is open.
 */
function formatAcceptedInAdvance(
  { texts, messages, parsed }: CommandContext,
  { checklist: { services }, runReason }: PlanResult,
): readonly string[] {
  const { overrides, note, reason } = parsed.options;
  const typed = overrides.map((id) => id.toUpperCase());
  const named = services.filter(
    ({ serviceName, sessions }) => sessions.kind === 'unknown' && typed.includes(`EVIDENCE:${serviceName.toUpperCase()}`),
  );
  if (named.length === 0) return [];
  const list = named.map(({ serviceName }) => serviceName).join(', ');
  const word = note ?? reason ?? runReason;
  return [
    word === null
      ? messages.format(texts.planNotAccepted, { services: list })
      : messages.format(texts.planAccepts, { services: list, count: named.length, note: word }),
  ];
}
