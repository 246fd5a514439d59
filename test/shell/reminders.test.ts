import { describe, expect, it } from 'vitest';

import { dueReminder } from '../../electron/apps/tray/reminders.js';
import { toAppSettings } from '../../electron/apps/tray/settings-choice.js';
import { DEFAULT_SETTINGS } from '../../electron/contract/settings.js';
import { checklist, NOON, run } from '../harness/fakes/checklists.js';

const HOUR_MS = 3_600_000;

/** The reminders of a run that has been open for so long, in the order they are given. */
function given(hours: number, phase: 'draining' | 'ready' | 'confirmed', already: readonly string[] = []): readonly string[] {
  const openedAt = new Date(Date.parse(NOON) - hours * HOUR_MS).toISOString();
  const told = new Set(already);
  const texts: string[] = [];
  for (;;) {
    const reminder = dueReminder(checklist({ run: run({ openedAt, phase }) }), toAppSettings(DEFAULT_SETTINGS), told);
    if (reminder === null) return texts;
    told.add(reminder.key);
    texts.push(`${reminder.event.level} ${reminder.event.kind} ${JSON.stringify(reminder.event.params)}`);
  }
}

describe('a reminder', () => {
  it.each<readonly [number, 'draining' | 'confirmed', readonly string[]]>([
    [0.9, 'draining', []],
    [1, 'draining', ['attention still-draining {"minutes":60}']],
    [1, 'confirmed', []],
    [3.9, 'confirmed', []],
    [4, 'confirmed', ['attention open-run-reminder {"hours":4}']],
    [9, 'confirmed', ['attention open-run-reminder {"hours":8}']],
    [23, 'confirmed', ['attention open-run-reminder {"hours":12}']],
    [24, 'confirmed', ['failure open-run-reminder {"hours":24}']],
    [100, 'confirmed', ['failure open-run-reminder {"hours":96}']],
  ])('after %d h while %s is given once, and louder with time', (hours, phase, expected) => {
    expect(given(hours, phase)).toEqual(expected);
  });

  it('is not given without an open run', () => {
    expect(dueReminder(checklist(), toAppSettings(DEFAULT_SETTINGS), new Set())).toBeNull();
  });
});
