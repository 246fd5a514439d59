import type { Checklist } from '../../../contract/checklist.js';
import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { printJson, printLines, warn, type CommandContext } from '../context.js';
import { drainsAll } from '../drain-request.js';
import { statusJson, type PauseEndsBy } from '../json/checklist-json.js';
import { nextOfUnfinished, nextStep } from '../next-step.js';
import { paragraph, renderChecklist } from '../render/checklist-text.js';
import { renderChecks } from '../render/checks-text.js';
import { renderProblem } from '../render/problem-text.js';
import type { Server } from '../server.js';
import { settlePool } from '../settle-pool.js';
import { findUnlistedServices } from '../unlisted-services.js';
import { runOrShowRemains } from '../unreadable-state.js';

/**
 * Facts, run and checklist; with `-v` also the pool, which takes longer. Asks the evidence also after a sign-off, and closes it again:
 * a status that does not count would not say much.
 */
export function status(context: CommandContext): Promise<ExitCode> {
  return runOrShowRemains(context, () => showStatus(context));
}

async function showStatus(context: CommandContext): Promise<ExitCode> {
  if (context.parsed.global.verbose) await settlePool(context, false);
  const checklist = await context.server.engine.observe(true);
  const { style, messageStyle, parsed, messages, server } = context;
  const isAttended = checklist.run !== null && server.records.readLockOwner() !== null;
  const endTask = await findEndTask(server, checklist.run);
  const view = {
    isAttended,
    endTask,
    drainsAll: drainsAll(context),
    next: nextOfUnfinished(context, checklist, isAttended) ?? nextStep(context, checklist),
  };
  const unlisted = await findUnlistedServices(context, checklist);
  if (parsed.global.json) {
    printJson(context, statusJson(checklist, messages, { warnings: unlisted, pauseEndsBy: endsBy(endTask, isAttended) }));
  } else {
    printLines(context, [
      ...renderChecklist(style, checklist, view),
      ...(parsed.global.verbose ? paragraph(renderChecks(style, checklist.checks)) : []),
    ]);
  }
  warn(
    context,
    unlisted.flatMap((found) => renderProblem(messageStyle, found)),
  );
  return EXIT_CODES.done;
}

/** The scheduled task that the record names, if Windows has it. */
async function findEndTask({ openPauseEndTask }: Server, run: Checklist['run']): Promise<string | null> {
  if (run?.until == null || run.endTask === undefined || openPauseEndTask === undefined) return null;
  const task = await openPauseEndTask();
  return (await task.isThere()) === true ? task.name : null;
}

function endsBy(endTask: string | null, isAttended: boolean): PauseEndsBy {
  if (endTask !== null) return 'task';
  return isAttended ? 'program' : 'nothing';
}
