import { expect, it } from 'vitest';

import { checklist, NOON, run } from '../harness/fakes/checklists.js';
import { CommandedEngine } from '../harness/fakes/commanded-engine.js';
import { openSession } from '../harness/fakes/session.js';

const HOUR_MS = 3_600_000;

it('a run that may be forgotten is told to the event log once, with its hours', async () => {
  const engine = new CommandedEngine();
  const logged: unknown[] = [];
  const session = openSession(engine, { logReminder: (...told) => logged.push(told) });
  const openedAt = new Date(Date.parse(NOON) - 9 * HOUR_MS).toISOString();
  const shown = checklist({ run: run({ openedAt, phase: 'confirmed' }) });
  engine.show(shown);
  session.start();
  await expect.poll(() => session.parts.store.state.checklist).not.toBeNull();
  for (let looks = 1; looks <= 3; looks += 1) {
    engine.show({ ...shown, now: { ...shown.now, upMs: shown.now.upMs + looks } });
    session.readNow();
    await expect.poll(() => session.parts.store.state.checklist?.now.upMs).toBe(shown.now.upMs + looks);
  }
  await expect.poll(() => logged).toEqual([[shown.run!.id, 8]]);
  await session.close();
});
