import type { Checklist } from '../../../contract/checklist.js';
import { findAnyFailover } from '../../../core/maintenance/failover.js';
import type { Style } from './style.js';
import { wrapTo } from './text-width.js';

/** Names the state of a server that was failed over, whole or half; nothing on any other. */
export function renderFailover({ messages, columns, colors }: Style, checklist: Checklist): readonly string[] {
  const found = findAnyFailover(checklist);
  return found === undefined ? [] : wrapTo(messages.message(found.message), columns).map(colors.yellow);
}
