import type { Checklist } from '../../../contract/checklist.js';
import { withoutControls } from '../../../contract/foreign-text.js';
import { heldFunctions } from '../../../core/catalogue/held-functions.js';
import { sharedProcesses } from '../../../core/maintenance/process-groups.js';
import { bullet } from './bullets.js';
import type { Style } from './style.js';

/** What Windows shows as one service and is more than one thing: it can only be paused as a whole. */
export function renderHeld({ messages, texts, columns }: Style, { services, installed }: Checklist): readonly string[] {
  const { words } = messages.texts;
  return services.flatMap(({ serviceName, state }) => {
    const held = state === 'missing' ? [] : heldFunctions(serviceName, installed.role);
    const functions = held.map((one) => words.heldFunctions[one]).join(', ');
    return held.length < 2 ? [] : bullet([messages.format(texts.holds, { serviceName, functions })], columns);
  });
}

/** Services that share a process, one line for each process. */
export function renderSharedProcesses({ messages, texts, columns }: Style, { services }: Checklist): readonly string[] {
  return sharedProcesses(services).flatMap(({ processId, serviceNames }) => {
    const names = serviceNames.map(withoutControls).join(', ');
    return bullet([messages.format(texts.sharedProcess, { services: names, processId: String(processId) })], columns);
  });
}
