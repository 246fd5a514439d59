import type { Check, Checklist } from '../../contract/checklist.js';
import type { EngineEvent, EngineListener } from '../../engine/engine.js';
import { printJson, warn, type CommandContext } from './context.js';
import { eventJson } from './json/event-json.js';
import { renderPoolHint, renderWarnings } from './render/checks-text.js';
import {
  countBack,
  isAlarm,
  isReturning,
  renderAgain,
  renderDoing,
  renderEvent,
  renderLive,
  renderLogLine,
  renderWaiting,
  servicesLeft,
  type Doing,
} from './render/progress-text.js';
import { Screen } from './render/screen.js';

/** Counts that change while no service becomes empty are told this often where lines stay. */
const COUNTS_EVERY_MS = 30_000;

/** A service that takes long is named this often there. */
const WAITING_EVERY_MS = 30_000;

/** Tells what happens while a command works. */
export interface Reporter {
  readonly listen: EngineListener;
  /** Takes the live view off the screen. */
  end(): void;
}

/** One object a line with --json; alarms alone with -q; a live view on a terminal; a line for each change elsewhere. */
export function createReporter(context: CommandContext): Reporter {
  const { json, quiet } = context.parsed.global;
  if (json) return { listen: (event) => printJson(context, eventJson(event, context.messages)), end: () => undefined };
  const screen = new Screen(context.terminal.stderr);
  const isLive = context.terminal.stderr.isTerminal;
  const printEvent = quiet ? printAlarms(context, screen) : isLive ? printLive(context, screen) : printChanges(context, screen);
  return withChecks(context, printEvent, () => screen.clear());
}

/** The checks come one by one and are told together, before anything is changed. */
function withChecks(context: CommandContext, printEvent: EngineListener, clear: () => void): Reporter {
  let checks: Check[] = [];
  const printChecks = (): void => {
    const { messageStyle, parsed } = context;
    warn(context, renderWarnings(messageStyle, checks));
    // Other orders wait for the cmdlets.
    if (parsed.command === 'pause') warn(context, renderPoolHint(messageStyle, checks));
    checks = [];
  };
  return {
    listen: (event) => {
      if (event.type === 'check') {
        checks.push(event.check);
        return;
      }
      printChecks();
      printEvent(event);
    },
    end: () => {
      clear();
      printChecks();
    },
  };
}

/** The lines that stay of an event. A leak can come many times over: the first one of a service says what to do. */
function linesOf({ messageStyle }: CommandContext): (event: EngineEvent) => readonly string[] {
  const leaking = new Set<string>();
  return (event) => {
    if (event.type !== 'leak') return renderEvent(messageStyle, event);
    if (leaking.has(event.serviceName)) return renderAgain(messageStyle, event);
    leaking.add(event.serviceName);
    return renderEvent(messageStyle, event);
  };
}

function printAlarms(context: CommandContext, screen: Screen): EngineListener {
  const lines = linesOf(context);
  return (event) => {
    if (isAlarm(event)) screen.keep(lines(event));
  };
}

function printLive(context: CommandContext, screen: Screen): EngineListener {
  const { messageStyle } = context;
  const linesThatStay = linesOf(context);
  const doing = new Map<string, Doing>();
  let live: readonly string[] = [];
  return (event) => {
    const lines = linesThatStay(event);
    if (lines.length > 0) screen.keep(lines);
    const isNews = noteDoing(doing, event) || event.type === 'sessions' || lines.length > 0;
    if (event.type === 'sessions') live = renderLive(messageStyle, event.checklist, doing.size > 0);
    if (isNews) screen.draw([...live, ...renderDoing(messageStyle, [...doing.values()])]);
  };
}

/** Keeps which steps are under way. @returns true where the event changed that */
function noteDoing(doing: Map<string, Doing>, event: EngineEvent): boolean {
  if (event.type !== 'step' && event.type !== 'waiting') return false;
  if (event.type === 'waiting' || event.state === 'doing') doing.set(event.serviceName, event);
  else doing.delete(event.serviceName);
  return true;
}

/** What is told at once when it changes. */
function milestoneOf(checklist: Checklist): string {
  if (isReturning(checklist)) return `back${countBack(checklist).back}`;
  if (checklist.quiet.kind === 'holding') return checklist.quiet.kind;
  return servicesLeft(checklist)
    .map((row) => row.serviceName + row.sessions.kind)
    .join();
}

function printChanges(context: CommandContext, screen: Screen): EngineListener {
  const { messageStyle } = context;
  const lines = linesOf(context);
  let told = '';
  let toldUpMs = Number.NEGATIVE_INFINITY;
  return (event: EngineEvent) => {
    screen.keep(lines(event));
    if (event.type === 'waiting' && event.sinceMs % WAITING_EVERY_MS === 0) screen.keep(renderWaiting(messageStyle, event));
    if (event.type !== 'sessions') return;
    const { quiet, curve } = event.checklist;
    if (quiet.kind === 'quiet' && !isReturning(event.checklist)) return;
    const sessions = String(curve.at(-1)?.sessions ?? '?');
    const milestone = milestoneOf(event.checklist);
    const isTold = told === `${milestone} ${sessions}`;
    // A service that became empty is told at once; counts only now and then, or a long log hides what matters.
    if (isTold || (told.startsWith(`${milestone} `) && event.upMs - toldUpMs < COUNTS_EVERY_MS)) return;
    told = `${milestone} ${sessions}`;
    toldUpMs = event.upMs;
    screen.keep([renderLogLine(messageStyle, event.checklist)]);
  };
}
