import type { EndsList, ServiceEnds } from '../../contract/session-ends.js';
import { endTextsOf, formatAge, formatKinds } from '../language/ends.js';
import type { Messages } from '../language/messages.js';
import { formatUtc } from '../language/time.js';
import { nameOfEnd } from '../maintenance/acceptance.js';
import type { ReportTable } from './report-table.js';

/** Who was connected when the report was made. */
export interface Connected {
  readonly at: string;
  readonly list: EndsList;
}

/** How many connections of which kind each service that is not stopped has; with addresses, the remote ends too. */
export function connectedTables({ at, list }: Connected, messages: Messages, withAddresses: boolean): readonly ReportTable[] {
  const { report: text } = messages.texts;
  const ends = endTextsOf(messages.language);
  const services = list.services.filter(({ state }) => state !== 'stopped');
  const counts: ReportTable = {
    title: messages.format(text.connected, { at: formatUtc(at) }),
    header: [text.columns.service, text.connections, text.ofWhich],
    rows: services.map(({ serviceName, displayName, tcp }) => [
      `${serviceName} (${displayName})`,
      tcp.known ? String(tcp.connections) : messages.format(ends.connectionsUnknown, { why: ends.unknown[tcp.reason] }),
      tcp.known ? formatKinds(tcp.kinds, ends, messages.format) : '-',
    ]),
  };
  if (!withAddresses) return [counts];
  const { remoteEnd, kind, age } = ends.columns;
  return [
    counts,
    {
      title: messages.format(text.connectedEnds, { at: formatUtc(at) }),
      header: [text.columns.service, remoteEnd, kind, age],
      rows: services.flatMap((service) => endRows(service, messages)),
    },
  ];
}

function endRows({ serviceName, tcp }: ServiceEnds, messages: Messages): ReportTable['rows'] {
  const ends = endTextsOf(messages.language);
  if (!tcp.known) return [];
  const rest =
    tcp.ends.length < tcp.connections
      ? [[serviceName, messages.format(ends.shown, { shown: tcp.ends.length, count: tcp.connections }), '', '']]
      : [];
  return [...tcp.ends.map((end) => [serviceName, nameOfEnd(end), ends.kinds[end.kind], formatAge(end, ends, messages)]), ...rest];
}
