import { withoutControls } from '../../contract/foreign-text.js';
import type { RecordedService, Run } from '../../contract/run.js';
import { shownStartType, type StartSetting } from '../../contract/service.js';
import { compareDrainOrder } from '../catalogue/catalogue.js';
import type { Messages } from './messages.js';

/**
 * The page that says how to restore everything by hand, written before the first change. Commands are for a Command
 * Prompt; explanations begin with `rem`, so that the page can be pasted as it is.
 */
export function undoCard(run: Run, messages: Messages): string {
  const { undoCard: text, words } = messages.texts;
  const services = [...run.services.values()].sort((one, other) => compareDrainOrder(other.serviceName, one.serviceName));
  const wasSettings = ({ original }: RecordedService): string =>
    messages.format(text.before, { state: words.states[original.state], startType: shownStartType(original.start) });
  const lines = [
    text.title,
    '='.repeat(60),
    ...text.intro.split('\n'),
    '',
    // Names and reasons may hold what a Command Prompt acts on: `CHG-1 & 2 > plan`.
    `rem ${messages.format(text.computer, { computer: run.computerName })}`,
    `rem ${messages.format(text.run, { runId: run.id })}`,
    `rem ${messages.format(text.opened, { at: run.openedAt, user: run.openedBy.user })}`,
    ...(run.reason === null ? [] : [`rem ${messages.format(text.reason, { note: run.reason })}`]),
    '',
    ...text.how.split('\n'),
    ...section(
      text.startTypes,
      services.flatMap((service) => [`rem ${nameOf(service)}, ${wasSettings(service)}`, configCommand(service)]),
    ),
    ...section(text.bringBack, [
      `rem ${text.either}`,
      ...services.flatMap((service) => bringBack(service, messages)),
      ...(run.order.endTask === undefined ? [] : [`rem ${text.task}`, deleteCommand(run.order.endTask)]),
    ]),
    ...section(text.check, [`rem ${text.checkHow}`, ...services.flatMap(({ serviceName }) => checkCommands(serviceName))]),
  ];
  return `${lines.join('\n')}\n`;
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return ['', heading, '-'.repeat(60), ...lines];
}

function nameOf({ serviceName, original }: RecordedService): string {
  return `${withoutControls(serviceName)} (${withoutControls(original.displayName)})`;
}

function configCommand({ serviceName, original }: RecordedService): string {
  return `sc.exe config ${quoteForCmd(serviceName)} start= ${startValue(original.start)}`;
}

function deleteCommand(task: string): string {
  return `schtasks.exe /Delete /TN ${quoteForCmd(task)} /F`;
}

/** Start types as `sc.exe config` names them. */
function startValue(start: StartSetting): string {
  const shown = shownStartType(start);
  return shown === 'auto-delayed' ? 'delayed-auto' : shown;
}

function bringBack({ serviceName, original }: RecordedService, messages: Messages): readonly string[] {
  const { undoCard: text } = messages.texts;
  const name = quoteForCmd(serviceName);
  switch (original.state) {
    case 'stopped':
    case 'stop-pending':
      return [`rem ${messages.format(text.wasStopped, { serviceName })}`];
    case 'paused':
    case 'pause-pending':
      return [`rem ${messages.format(text.wasPaused, { serviceName })}`];
    case 'running':
    case 'start-pending':
    case 'continue-pending':
      return [`sc.exe continue ${name}`, `sc.exe start ${name}`];
  }
}

function checkCommands(serviceName: string): readonly string[] {
  const name = quoteForCmd(serviceName);
  return [`sc.exe query ${name}`, `sc.exe qc ${name}`];
}

/**
 * A service name as one argument at a Command Prompt. Service names hold no backslash and no slash, so a quote is the
 * only thing the called program could misread; with a quote or a percent sign inside, cmd.exe itself must be told by a
 * caret not to look at the characters.
 */
export function quoteForCmd(serviceName: string): string {
  if (/^[\w.$-]+$/.test(serviceName)) return serviceName;
  const quoted = `"${withoutControls(serviceName).replace(/"/g, '\\"')}"`;
  return /["%]/.test(serviceName) ? quoted.replace(/[()%!^"<>&|]/g, '^$&') : quoted;
}
