import type { Checklist, ServiceRow } from '../../../contract/checklist.js';
import type { SessionReading } from '../../../contract/sessions.js';
import { mayCarrySessions } from '../../../core/catalogue/catalogue.js';
import { rowsToAccept } from '../services-to-accept.js';
import type { Style } from './style.js';
import { renderTable, type Cell } from './table.js';

/**
 * Every service that matters for a restart: the planned ones, those that were left out, and every other one that carries
 * sessions and is not stopped; all of them if nothing is planned.
 */
export function renderServices(style: Style, checklist: Checklist): readonly string[] {
  const rows = shownRows(checklist, style.isVerbose);
  const { run } = checklist;
  const { service, state, startType, sessions, now } = style.texts.columns;
  const header = run !== null ? [service, state, startType, sessions, now] : [service, state, startType, sessions];
  const asked = rowsToAccept(checklist);
  // Beside the longest start type an age would push the last column off a terminal of 80; the reasons name it.
  const hasRoom = rows.every((row) => row.startType !== 'auto-delayed');
  return renderTable(
    style,
    header,
    rows.map((row) => [
      ...factCells(style, row, hasRoom),
      ...(run !== null ? [statusCell(style, row, { isAsked: asked.includes(row), isReturning: run.phase === 'returning' })] : []),
    ]),
  );
}

function shownRows({ services, run }: Checklist, isVerbose: boolean): readonly ServiceRow[] {
  const planned = services.filter((row) => row.planned || isRecorded(row));
  if (planned.length === 0 || isVerbose) return services;
  const isOver = run?.phase === 'returning' || run?.phase === 'closed';
  return services.filter((row) => planned.includes(row) || (!isOver && mayCarryNow(row)));
}

/** Part of the run, also where it was left out. */
function isRecorded({ originalState }: ServiceRow): boolean {
  return originalState !== null;
}

function mayCarryNow({ serviceName, state }: ServiceRow): boolean {
  return state !== 'stopped' && state !== 'missing' && mayCarrySessions(serviceName);
}

function factCells(style: Style, row: ServiceRow, withAge: boolean): readonly Cell[] {
  const { messages, texts, colors } = style;
  const { states, startTypes } = messages.texts.words;
  return [
    { text: row.serviceName },
    { text: states[row.state] },
    { text: row.startType === null ? texts.unknown : startTypes[row.startType] },
    { text: formatCount(style, row.sessions, withAge), ...(isDoubtful(row.sessions) && { paint: colors.yellow }) },
  ];
}

function isDoubtful(sessions: SessionReading): boolean {
  return sessions.kind === 'unknown' && sessions.reason !== 'not-read-yet';
}

/** A count; what is known at least, with its age if there is room for it; or that it is unknown. `-` if it was not read. */
export function formatCount({ messages, texts }: Pick<Style, 'messages' | 'texts'>, sessions: SessionReading, withAge = true): string {
  if (sessions.kind === 'count') return String(sessions.count);
  const { atLeast, reason } = sessions;
  if (atLeast === undefined) return reason === 'not-read-yet' ? '-' : texts.unknown;
  const isOld = withAge && Math.round(atLeast.ageMs / 1000) > 0;
  return messages.format(texts.atLeast, { count: atLeast.count, ...(isOld && { age: messages.duration(atLeast.ageMs) }) });
}

/** Where a service stands, in one or two words; a problem shows by its code and is told below the table. */
function statusCell(
  { messages, texts, colors }: Style,
  row: ServiceRow,
  { isAsked, isReturning }: { readonly isAsked: boolean; readonly isReturning: boolean },
): Cell {
  const { now } = texts;
  if (row.problem !== null && row.problem.id !== 'evidence-unreadable') {
    return { text: messages.problem(row.problem).code, paint: colors.red };
  }
  if (row.wayBack === 'done') return { text: row.returned === 'kept' ? now.kept : now.returned, paint: colors.green };
  if (row.wayBack === 'doing') return { text: now.returning };
  if (isReturning && row.planned && row.wayBack === 'todo') return { text: now.toReturn };
  if (!row.planned) {
    return isRecorded(row)
      ? { text: now.leftOut, paint: colors.yellow }
      : { text: now.outsidePlan, paint: mayCarryNow(row) ? colors.yellow : colors.dim };
  }
  return drainCell({ texts, colors }, row, isAsked);
}

function drainCell({ texts, colors }: Pick<Style, 'texts' | 'colors'>, { steps, sessions }: ServiceRow, isAsked: boolean): Cell {
  const { now } = texts;
  const { pause, manual, wait, confirm } = steps;
  if (pause === 'todo') return { text: now.toPause };
  if (pause === 'doing') return { text: now.pausing };
  if (manual === 'todo' || manual === 'doing') return { text: now.toHold };
  if (confirm === 'done') return { text: now.confirmed, paint: colors.green };
  if (wait === 'by-hand') return { text: now.byHand };
  if (isAsked) return { text: now.toAccept, paint: colors.yellow };
  const isEmpty = sessions.kind === 'count' && sessions.count === 0;
  return wait === 'done' || isEmpty ? { text: now.quiet, paint: colors.green } : { text: now.waiting };
}
