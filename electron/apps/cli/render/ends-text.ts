import { withoutControls } from '../../../contract/foreign-text.js';
import type { AddressName, EndsList, ListedEnds, ServiceEnds } from '../../../contract/session-ends.js';
import type { SessionReading } from '../../../contract/sessions.js';
import { formatAge, formatKinds } from '../../../core/language/ends.js';
import { nameOfEnd } from '../../../core/maintenance/acceptance.js';
import { formatCount } from './services-table.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { wrapTo } from './text-width.js';

/** What is told of who is connected. */
export interface SeenEnds {
  readonly list: EndsList;
  /** How many sessions there are, by service name. */
  readonly readings: ReadonlyMap<string, SessionReading>;
  /** By address; null if nobody asked for names. */
  readonly names: ReadonlyMap<string, AddressName> | null;
}

/** One part for each service: how many sessions, how many connections of which kind, and the remote ends. */
export function renderEnds(style: Style, seen: SeenEnds): readonly string[] {
  const { services, serversTrouble } = seen.list;
  const { messages, texts, columns } = style;
  if (services.length === 0) return wrapTo(texts.ends.noServices, columns);
  const parts = services.map((service) => renderService(style, service, seen));
  const note =
    serversTrouble === null ? [] : ['', ...wrapTo(messages.format(texts.ends.serversUnknown, { trouble: serversTrouble }), columns)];
  return [...parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])), ...note];
}

function renderService(style: Style, service: ServiceEnds, { readings, names }: SeenEnds): readonly string[] {
  const { serviceName, displayName, state, tcp } = service;
  const { colors, texts, columns } = style;
  const reading = readings.get(serviceName);
  const head = `${colors.bold(withoutControls(serviceName))}  ${withoutControls(displayName)}`;
  const lines =
    state === 'stopped'
      ? [texts.ends.stopped]
      : [formatSessions(style, reading), formatConnections(style, service), ...formatUdp(style, service, reading)];
  return [head, ...lines.flatMap((line) => wrapTo(line, columns)), ...(tcp.known ? renderTcp(style, tcp, names) : [])];
}

/** Unknown is said as such: a list of connections is no count of sessions. */
function formatSessions(style: Style, reading: SessionReading | undefined): string {
  const { messages, texts } = style;
  if (reading?.kind === 'count') {
    return messages.format(texts.ends.sessions, { count: reading.count, evidence: reading.evidence });
  }
  const isSeen = reading?.atLeast !== undefined;
  return messages.format(texts.ends.sessionsUnknown, {
    reason: reading?.reason ?? 'no-evidence',
    ...(isSeen && { least: formatCount(style, reading) }),
  });
}

function formatConnections({ messages, texts }: Style, { tcp }: ServiceEnds): string {
  if (!tcp.known) return messages.format(texts.ends.connectionsUnknown, { why: texts.ends.unknown[tcp.reason] });
  const kinds = formatKinds(tcp.kinds, texts.ends, messages.format);
  return messages.format(texts.ends.connections, { count: tcp.connections, kinds });
}

function formatUdp({ messages, texts }: Style, { usesUdp }: ServiceEnds, reading: SessionReading | undefined): readonly string[] {
  if (!usesUdp) return [];
  const ports = reading?.signs?.mediaPorts ?? null;
  return [ports === null ? texts.ends.udpUnknown : messages.format(texts.ends.udp, { count: ports })];
}

function renderTcp(style: Style, { connections, ends }: ListedEnds, names: SeenEnds['names']): readonly string[] {
  const { messages, texts, columns } = style;
  if (ends.length === 0) return [];
  const { remoteEnd, ourPort, kind, age, name } = texts.ends.columns;
  const header = [remoteEnd, ourPort, kind, age, ...(names === null ? [] : [name])].map((title) => title.toUpperCase());
  const rows = ends.map((end) => [
    { text: nameOfEnd(end) },
    { text: String(end.localPort) },
    { text: texts.ends.kinds[end.kind] },
    { text: formatAge(end, texts.ends, messages) },
    ...(names === null ? [] : [{ text: formatName(style, names.get(end.address)) }]),
  ]);
  const rest =
    ends.length < connections
      ? wrapTo(`${messages.format(texts.ends.shown, { shown: ends.length, count: connections })} ${texts.ends.showAll}`, columns)
      : [];
  return [...renderTable(style, header, rows), ...rest];
}

function formatName({ texts }: Style, found: AddressName | undefined): string {
  if (found?.kind === 'name') return found.name;
  return found?.kind === 'none' ? texts.ends.noName : texts.ends.noAnswer;
}
