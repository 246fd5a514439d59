import type { ServiceState, StartType } from '../../contract/service.js';
import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { ProblemError } from '../../contract/problem.js';
import type { PlanResult } from '../../engine/engine.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { blameSettings, drainRequest } from '../drain-request.js';
import { planJson } from '../json/checklist-json.js';
import { renderChecks } from '../render/checks-text.js';
import type { Style } from '../render/style.js';
import { renderTable } from '../render/table.js';
import { wrapTo } from '../render/text-width.js';
import type { PlannedStep } from '../../maintenance/plan.js';

/** What `drain` would do, in order, with blockers and warnings; changes nothing. */
export async function plan(context: CommandContext): Promise<ExitCode> {
  const planned = await readPlan(context);
  const isBlocked = planned.checklist.checks.some((check) => check.result === 'block' && !check.overridden);
  if (context.parsed.global.json) printJson(context, planJson(planned.checklist, planned.steps, context.speech));
  else printLines(context, renderPlan(context.style, planned, isBlocked));
  return isBlocked ? EXIT_CODES.blocked : EXIT_CODES.done;
}

/** @throws ProblemError as the engine does; a service of the settings that is not there is told with their file */
async function readPlan(context: CommandContext): Promise<PlanResult> {
  try {
    return await context.server.engine.plan(drainRequest(context));
  } catch (error) {
    throw error instanceof ProblemError ? new ProblemError(blameSettings(error.problem, context), { cause: error }) : error;
  }
}

function renderPlan(style: Style, { checklist, steps }: PlanResult, isBlocked: boolean): readonly string[] {
  const { texts, speech } = style;
  const { columns } = texts;
  const { states, startTypes } = speech.texts.words;
  const words: Readonly<Record<string, string>> = { ...states, ...startTypes } satisfies Record<ServiceState | StartType | 'missing', string>;
  const change = (serviceName: string, step: PlannedStep['step']): string => {
    const planned = steps.find((one) => one.serviceName === serviceName && one.step === step);
    return planned === undefined ? '-' : `${words[planned.from] ?? planned.from} -> ${words[planned.to] ?? planned.to}`;
  };
  const names = [...new Set(steps.map(({ serviceName }) => serviceName))];
  const rows = names.map((name) => [name, change(name, 'pause'), change(name, 'manual')].map((text) => ({ text })));
  const list =
    steps.length === 0
      ? [texts.planNothing]
      : [...wrapTo(texts.planTitle, style.columns), '', ...renderTable(style, [columns.service, columns.state, columns.startType], rows), '', texts.planWait];
  return [...list, '', ...renderChecks(style, checklist.checks), ...(isBlocked || steps.length === 0 ? [] : ['', texts.planGo])];
}
