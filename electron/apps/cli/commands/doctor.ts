import type { Checklist } from '../../../contract/checklist.js';
import { nameOfProduct } from '../../../contract/installed-server.js';
import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { problem, ProblemError } from '../../../contract/problem.js';
import type { UnknownSessionReason } from '../../../contract/sessions.js';
import { mayCarrySessions } from '../../../core/catalogue/catalogue.js';
import { formatInstalledServer } from '../../../core/language/installed-server.js';
import type { Messages } from '../../../core/language/messages.js';
import { findAnyFailover } from '../../../core/maintenance/failover.js';
import { findRecordLeft } from '../../../engine/record-left.js';
import type { LockOwner } from '../../../ports/run-records.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { renderFabricState } from '../fabric-state.js';
import { JSON_SCHEMA } from '../json/checklist-json.js';
import type { Json } from '../json/json-value.js';
import { padTo, textWidth, wrapTo } from '../render/text-width.js';
import { settlePool } from '../settle-pool.js';
import { findUnlistedServices } from '../unlisted-services.js';

/** One thing that was looked at. `warn`: the main job can be done all the same. */
interface Finding {
  readonly id: string;
  readonly result: 'pass' | 'warn' | 'fail';
  readonly message: string;
  /** Null where nothing needs doing. */
  readonly next: string | null;
  /** A service whose sessions are not known, and why: people are told once for all services with the same reason. */
  readonly unknown?: { readonly serviceName: string; readonly reason: UnknownSessionReason };
}

/**
 * Whether this computer can do it; changes nothing but making the data folder, and writes a file there that it removes again. With
 * `--repair` it first sets right who may write the data folder.
 */
export async function doctor(context: CommandContext): Promise<ExitCode> {
  const repairs = context.parsed.options.repair ? await repair(context) : [];
  // Before the pool is asked: what it tells is kept in the folder.
  const folder = await examineFolder(context);
  await settlePool(context, false);
  const findings = [...repairs, ...(await examine(context, folder))];
  const isFine = findings.every((finding) => finding.result !== 'fail');
  if (context.parsed.global.json) {
    printJson(context, {
      schema: JSON_SCHEMA,
      ok: isFine,
      checks: findings.map(({ id, result, message, next }): Json => ({ id, result, message, next })),
    });
  } else {
    printLines(context, renderFindings(context, mergeUnknown(context, findings), isFine));
    printLines(context, await renderFabricState(context));
  }
  return isFine ? EXIT_CODES.done : EXIT_CODES.failed;
}

async function examine(context: CommandContext, folder: Finding): Promise<readonly Finding[]> {
  const computer = await context.server.host.computer();
  const { messages, texts } = context;
  const text = texts.doctor;
  const isWindows = computer.source === 'windows';
  const elevated: Finding = computer.elevated
    ? { id: 'elevated', result: 'pass', message: messages.format(text.elevated.pass, { user: computer.user }), next: null }
    : { id: 'elevated', result: 'fail', message: messages.format(text.elevated.fail, { user: computer.user }), next: text.elevatedNext };
  return [
    isWindows
      ? { id: 'windows', result: 'pass', message: text.windows.pass, next: null }
      : { id: 'windows', result: 'warn', message: text.windows.warn, next: text.simulatedNext },
    isWindows
      ? { id: 'native-library', result: 'pass', message: text.native.pass, next: null }
      : { id: 'native-library', result: 'warn', message: text.native.warn, next: null },
    elevated,
    folder,
    examineLock(context),
    examineRecord(context),
    ...(await examineEventLog(context)),
    ...(await examinePauseEnd(context)),
    ...(await examineServices(context)),
    { id: 'powershell', result: 'warn', message: text.powershell.warn, next: null },
  ];
}

/**
 * Sets right who may write the data folder, and names what was changed: others could have written there until now.
 * @throws ProblemError not-elevated, data-folder-not-repaired
 */
async function repair({ server, messages, texts }: CommandContext): Promise<readonly Finding[]> {
  const text = texts.doctor.repair;
  const { elevated, user } = await server.host.computer();
  if (!elevated) throw new ProblemError(problem('not-elevated', { user }));
  const repaired = await server.repairDataFolder();
  if (repaired.length === 0) return [{ id: 'repair', result: 'pass', message: text.nothing, next: null }];
  return repaired.map(({ path, writableBy }): Finding => {
    const id = `repaired:${path}`;
    if (writableBy === null) return { id, result: 'pass', message: messages.format(text.readable, { path }), next: null };
    return { id, result: 'warn', message: messages.format(text.writable, { path, writableBy }), next: text.writableNext };
  });
}

async function examineFolder({ server, messages, texts }: CommandContext): Promise<Finding> {
  const text = texts.doctor.folder;
  try {
    server.records.prepare();
    await server.records.probe();
    return { id: 'data-folder', result: 'pass', message: messages.format(text.pass, { path: server.dataFolder }), next: null };
  } catch (error) {
    return failure('data-folder', messages.format(text.fail, { path: server.dataFolder }), error, messages);
  }
}

function examineLock({ server, messages, texts }: CommandContext): Finding {
  const text = texts.doctor.lock;
  try {
    const [owner, killed] = [server.records.readLockOwner(), server.records.readDeadLockOwner()];
    if (owner !== null) return { id: 'lock', result: 'warn', message: formatOwner(text.held, owner, messages), next: null };
    if (killed !== null) return { id: 'lock', result: 'warn', message: formatOwner(text.killed, killed, messages), next: text.killedNext };
    return { id: 'lock', result: 'pass', message: text.free, next: null };
  } catch (error) {
    return failure('lock', text.fail, error, messages);
  }
}

/** The open run's record, as far as it can be told without the services. */
function examineRecord(context: CommandContext): Finding {
  const { server, messages, texts } = context;
  const text = texts.doctor.record;
  try {
    const open = server.records.findOpen();
    if (open === null) return { id: 'record', result: 'pass', message: text.none, next: null };
    const { damage, lostTail = null, runId, path, entryCount } = open;
    const undoCard = server.records.undoCardPath(runId);
    if (damage !== null) throw new ProblemError(damage);
    if (lostTail !== null) {
      throw new ProblemError(problem('record-tail-lost', { path, entries: entryCount, anchored: lostTail.anchored, undoCard }));
    }
    return { id: 'record', result: 'pass', message: messages.format(text.whole, { runId, count: entryCount }), next: null };
  } catch (error) {
    const found = failure('record', text.fail, error, messages);
    const { undoCard } = error instanceof ProblemError ? findRecordLeft(context.server.records, error.problem) : { undoCard: null };
    return undoCard === null
      ? found
      : { ...found, next: `${found.next ?? ''} ${messages.format(texts.undoCard, { path: undoCard.path })}`.trim() };
  }
}

/** Only an installation registers an event source: Event Viewer could show the texts of no event without one. */
async function examineEventLog({ server, texts }: CommandContext): Promise<readonly Finding[]> {
  if (server.eventLog == null) return [];
  const text = texts.doctor.eventLog;
  switch (await server.eventLog.isRegistered()) {
    case true:
      return [{ id: 'event-log', result: 'pass', message: text.pass, next: null }];
    case false:
      return [{ id: 'event-log', result: 'warn', message: text.none, next: text.noneNext }];
    case null:
      return [{ id: 'event-log', result: 'warn', message: text.unknown, next: null }];
  }
}

/** Whether a scheduled task can end a quick pause here, and whether one waits to do it. */
async function examinePauseEnd({ server, messages, texts }: CommandContext): Promise<readonly Finding[]> {
  if (server.openPauseEndTask === undefined) return [];
  const text = texts.doctor.pauseEnd;
  const id = 'pause-end-task';
  const task = await server.openPauseEndTask();
  switch (await task.isThere()) {
    case null:
      return [{ id, result: 'warn', message: text.none, next: text.noneNext }];
    case true:
      return [{ id, result: 'pass', message: messages.format(text.waiting, { name: task.name }), next: null }];
    case false: {
      const obstacle = await task.findObstacle();
      if (obstacle === null) return [{ id, result: 'pass', message: text.possible, next: null }];
      const { code, happened, next } = messages.problem(obstacle);
      return [{ id, result: 'warn', message: `${text.impossible} ${code}: ${happened}`, next }];
    }
  }
}

function formatOwner(template: string, { user, face, computer, command, processId, since }: LockOwner, messages: Messages): string {
  return messages.format(template, { user, face, computer, command, processId, since });
}

async function examineServices(context: CommandContext): Promise<readonly Finding[]> {
  const { server, messages, texts } = context;
  const text = texts.doctor;
  let checklist: Checklist;
  try {
    checklist = await server.engine.observeServices();
  } catch (error) {
    return [failure('services', text.services.fail, error, messages)];
  }
  // Every row is a service of Lync; one that is not in the catalogue can be paused, and is taken to carry sessions.
  const carrying = checklist.services.filter((row) => mayCarrySessions(row.serviceName));
  const services: Finding =
    carrying.length > 0
      ? { id: 'services', result: 'pass', message: messages.format(text.services.pass, { count: carrying.length }), next: null }
      : { id: 'services', result: 'warn', message: text.services.warn, next: text.servicesNext };
  return [
    services,
    examineServer(context, checklist),
    ...(await examineSettings(context, checklist)),
    ...examineFailover(context, checklist),
    ...(server.pool === undefined ? [] : examinePool(context, checklist)),
    ...checklist.services.map((row) => examineEvidence(context, row)),
  ];
}

/** Which Lync server this is: what is read of it, and whether it is known, differs between roles and products. */
function examineServer({ messages, texts }: CommandContext, { installed }: Checklist): Finding {
  const { server, serverNext, roleNext } = texts.doctor;
  const message = messages.format(server, { server: formatInstalledServer(messages, installed) });
  if (installed.role === null) return { id: 'server', result: 'warn', message, next: roleNext };
  const isNamed = nameOfProduct(installed.product) !== null;
  return { id: 'server', result: isNamed ? 'pass' : 'warn', message, next: isNamed ? null : serverNext };
}

/** Looking and the way back need no service of the settings; a drain would be refused. */
async function examineSettings(context: CommandContext, checklist: Checklist): Promise<readonly Finding[]> {
  return (await findUnlistedServices(context, checklist)).map((found): Finding => {
    const { code, happened, next } = context.messages.problem(found);
    return { id: `settings:${String(found.params['serviceName'])}`, result: 'warn', message: `${code}: ${happened}`, next };
  });
}

/**
 * Not a failure of this computer: a failover is meant. A maintenance that holds services with Disabled looks the same after a
 * restart; `status` tells them apart by its record, which this does not rely on.
 */
function examineFailover({ server, messages, texts }: CommandContext, checklist: Checklist): readonly Finding[] {
  const found = findAnyFailover(checklist);
  if (found === undefined || mayBeOpen(server)) return [];
  return [{ id: found.id, result: 'warn', message: messages.message(found.message), next: texts.doctor.failoverNext }];
}

/** What preflight says of the pool and its other servers, by the kind of its checks. */
const POOL_CHECKS: ReadonlySet<string> = new Set([
  ...['pool-members', 'server', 'first-start', 'upgrade-readiness', 'single-server', 'last-instance', 'dns-load-balancing'],
]);

/** Nothing of the pool keeps this computer from doing its work. */
function examinePool({ messages }: CommandContext, { checks }: Checklist): readonly Finding[] {
  return checks
    .filter(({ id }) => POOL_CHECKS.has(id.split(':', 1)[0] ?? id))
    .map(({ id, result, message }) => ({
      id,
      result: result === 'pass' ? 'pass' : 'warn',
      message: messages.message(message),
      next: null,
    }));
}

/** True also if the record cannot be read. */
function mayBeOpen({ records }: CommandContext['server']): boolean {
  try {
    return records.findOpen() !== null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return true;
  }
}

function examineEvidence({ messages, texts }: CommandContext, { serviceName, sessions }: Checklist['services'][number]): Finding {
  const text = texts.doctor;
  const id = `evidence:${serviceName}`;
  if (sessions.kind === 'count') {
    return { id, result: 'pass', message: messages.format(text.evidence.pass, { serviceName, evidence: sessions.evidence }), next: null };
  }
  return {
    id,
    result: 'warn',
    ...formatUnknown([serviceName], sessions.reason, { messages, texts }),
    unknown: { serviceName, reason: sessions.reason },
  };
}

function formatUnknown(
  serviceNames: readonly string[],
  reason: UnknownSessionReason,
  { messages, texts }: Pick<CommandContext, 'messages' | 'texts'>,
): Pick<Finding, 'message' | 'next'> {
  const { evidence, evidenceNext } = texts.doctor;
  return {
    message: messages.format(evidence.warn, { serviceName: serviceNames.join(', '), reason }),
    next: messages.format(evidenceNext, { remedy: reason, services: serviceNames.join(' ') }),
  };
}

/** One finding for all services that are unknown for the same reason, in the place of the first. */
function mergeUnknown(context: CommandContext, findings: readonly Finding[]): readonly Finding[] {
  const byReason = new Map<UnknownSessionReason, string[]>();
  for (const { unknown } of findings) {
    if (unknown !== undefined) byReason.set(unknown.reason, [...(byReason.get(unknown.reason) ?? []), unknown.serviceName]);
  }
  return findings.flatMap((finding) => {
    if (finding.unknown === undefined) return [finding];
    const { serviceName, reason } = finding.unknown;
    const serviceNames = byReason.get(reason) ?? [];
    return serviceNames[0] === serviceName ? [{ ...finding, ...formatUnknown(serviceNames, reason, context) }] : [];
  });
}

/** Failures we know become findings; all others go up. */
function failure(id: string, message: string, error: unknown, messages: CommandContext['messages']): Finding {
  if (!(error instanceof ProblemError)) throw error;
  const { code, happened, next } = messages.problem(error.problem);
  return { id, result: 'fail', message: `${message} ${code}: ${happened}`, next };
}

function renderFindings({ texts, messages, style }: CommandContext, findings: readonly Finding[], isFine: boolean): readonly string[] {
  const { results, title, fine, notFine } = texts.doctor;
  const { green, yellow, red } = style.colors;
  const paints = { pass: green, warn: yellow, fail: red };
  const width = Math.max(...Object.values(results).map(textWidth));
  const lines = findings.flatMap(({ result, message, next }) => {
    const sentences = [message, ...(next === null ? [] : [messages.format(texts.next, { next })])];
    const wrapped = sentences.flatMap((text) => wrapTo(text, style.columns - width - 5));
    return wrapped.map((line, index) =>
      index === 0 ? `  ${paints[result](padTo(results[result], width))}  ${line}` : ' '.repeat(width + 4) + line,
    );
  });
  return [title, '', ...lines, '', isFine ? green(fine) : red(notFine)];
}
