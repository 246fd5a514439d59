/** How an event shows in Windows' event log. */
export type EventLevel = 'information' | 'warning' | 'error';

/**
 * The events that are written to the Application log, source `Lync Drain`: number, level, and what is inserted as %1, %2 … into the
 * sentence in `native/event-reporter/lync-drain-events.mc`. Scripts filter by the numbers, so none is ever given another meaning.
 */
export const LOGGED_EVENTS = {
  opened: { id: 1001, level: 'information', inserts: ['runId', 'command', 'user'] },
  ready: { id: 1002, level: 'information', inserts: ['runId'] },
  safe: { id: 1003, level: 'information', inserts: ['runId'] },
  confirmed: { id: 1004, level: 'information', inserts: ['runId', 'user', 'scope', 'cut'] },
  withdrawn: { id: 1005, level: 'warning', inserts: ['runId', 'code'] },
  lost: { id: 1006, level: 'error', inserts: ['runId', 'serviceName', 'count', 'certainty'] },
  leaked: { id: 1007, level: 'warning', inserts: ['runId', 'serviceName', 'before', 'after', 'from'] },
  stalled: { id: 1008, level: 'warning', inserts: ['runId', 'serviceName', 'count', 'minutes'] },
  returned: { id: 1009, level: 'information', inserts: ['runId', 'user'] },
  forgotten: { id: 1010, level: 'warning', inserts: ['runId', 'hours'] },
  yielded: { id: 1011, level: 'warning', inserts: ['runId', 'servers'] },
} as const satisfies Readonly<Record<string, { readonly id: number; readonly level: EventLevel; readonly inserts: readonly string[] }>>;

export type LoggedEventName = keyof typeof LOGGED_EVENTS;

/** One event with its inserts, in the order of the table. Names and numbers as programs know them: Windows says the sentence. */
export interface LoggedEvent {
  readonly name: LoggedEventName;
  readonly inserts: readonly string[];
}

type InsertsOf<Name extends LoggedEventName> = Readonly<Record<(typeof LOGGED_EVENTS)[Name]['inserts'][number], string | number>>;

export function loggedEvent<Name extends LoggedEventName>(name: Name, inserts: InsertsOf<Name>): LoggedEvent {
  const given: Readonly<Record<string, string | number>> = inserts;
  return { name, inserts: LOGGED_EVENTS[name].inserts.map((place) => String(given[place])) };
}
