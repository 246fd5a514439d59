import { withoutControls } from '../../../contract/foreign-text.js';
import { shownStartType } from '../../../contract/service.js';
import { formatTime } from '../../../core/language/time.js';
import type { RecordLeft } from '../../../engine/record-left.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { wrapTo } from './text-width.js';

/**
 * A record as far as it can be read: who, why, and what the services were before; then the undo card.
 * @param showsCard false names the card only
 */
export function renderRecordSoFar(style: Style, { read, undoCard }: RecordLeft, showsCard: boolean): readonly string[] {
  const { messages, texts, columns, colors } = style;
  if (read === null) return [];
  const { run, runId, entryCount } = read;
  const heading = colors.yellow(messages.format(texts.recordSoFar, { runId, count: entryCount }));
  const lines =
    run === null
      ? []
      : [
          messages.format(texts.opened, { at: formatTime(run.openedAt, null), user: run.openedBy.user }),
          ...(run.reason === null ? [] : [messages.format(texts.reason, { note: run.reason })]),
        ];
  const card =
    undoCard === null
      ? [texts.noUndoCard]
      : [
          messages.format(texts.undoCard, { path: undoCard.path }),
          ...(showsCard ? ['', ...undoCard.text.trimEnd().split('\n').map(withoutControls)] : []),
        ];
  return ['', heading, ...lines.flatMap((line) => wrapTo(line, columns - 1)), ...renderOriginals(style, read), '', ...card];
}

function renderOriginals(style: Style, { run }: NonNullable<RecordLeft['read']>): readonly string[] {
  const { service, state, startType } = style.texts.columns;
  const { states, startTypes } = style.messages.texts.words;
  const services = [...(run?.services.values() ?? [])];
  if (services.length === 0) return [];
  const rows = services.map(({ serviceName, original }) =>
    [serviceName, states[original.state], startTypes[shownStartType(original.start)]].map((text) => ({ text })),
  );
  return ['', style.texts.recordedBefore, ...renderTable(style, [service, state, startType], rows)];
}
