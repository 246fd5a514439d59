// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Language } from '../../../electron/contract/app-snapshot.js';
import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { SessionReading, UnknownSessionReason } from '../../../electron/contract/sessions.js';
import { SessionCount } from '../../../renderer/components/services/session-count.js';
import { drawPart, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { counted } from '../../harness/renderer/services.js';
import { minutesAgo, RUN, snapshotOf } from '../../harness/renderer/snapshots.js';

type Shown = Pick<ServiceRow, 'state' | 'sessions' | 'lastCount'>;

let part: DrawnPart;
afterEach(() => part.remove());

async function textOf(service: Partial<Shown>, phase: 'draining' | 'confirmed' | 'returning' = 'draining', language: Language = 'en') {
  const shown: Shown = { state: 'paused', sessions: counted(0), lastCount: null, ...service };
  part = await drawPart(createElement(SessionCount, { service: shown }), snapshotOf({ run: { ...RUN, phase } }, { language }));
  return part.text();
}

function unknown(reason: UnknownSessionReason, atLeast?: { count: number; ageMs: number }): SessionReading {
  return { kind: 'unknown', reason, raw: null, arrivals: [], ...(atLeast !== undefined && { atLeast: { ...atLeast, evidence: 'tcp' } }) };
}

const REASONS: readonly UnknownSessionReason[] = ['cmdlet-denied', 'cmdlet-missing', 'not-read-yet'];

describe('the count of a service', () => {
  it('has where it came from beside it', async () => {
    expect(await textOf({ sessions: counted(1_486) })).toMatch(/^1\s486counter$/);
  });

  it('has no source where its state alone says it', async () => {
    expect(await textOf({ state: 'stopped', sessions: counted(0, 'stopped') })).toBe('0');
  });

  it.each(REASONS.flatMap((reason) => (['en', 'zh-CN'] as const).map((language) => [reason, language] as const)))(
    'is no number while it is unknown (%s, %s)',
    async (reason, language) => {
      expect(await textOf({ sessions: unknown(reason) }, 'draining', language)).not.toMatch(/\d/);
    },
  );

  it('says what was seen all the same, and how old that is', async () => {
    expect(await textOf({ sessions: unknown('cmdlet-denied', { count: 3, ageMs: 46_000 }) })).toMatch(/at least 3.*46 s/i);
  });

  it('says where it was seen instead of an age if that was just now', async () => {
    const text = await textOf({ sessions: unknown('cmdlet-denied', { count: 3, ageMs: 0 }) });
    expect(text).toMatch(/at least 3/i);
    expect(text).not.toMatch(/0 s/);
  });
});

describe('the count of a service that is not counted any more', () => {
  const LAST = { at: minutesAgo(3), count: 0 } as unknown as NonNullable<ServiceRow['lastCount']>;

  it.each(['confirmed', 'returning'] as const)(
    'is the last one, with its time, while the service takes no new work (%s)',
    async (phase) => {
      const text = await textOf({ sessions: unknown('not-read-yet'), lastCount: LAST }, phase);
      expect(text).toMatch(/^0/);
      expect(text.length).toBeGreaterThan(1);
    },
  );

  it('is not the last one of a service that runs again', async () => {
    expect(await textOf({ state: 'running', sessions: unknown('not-read-yet'), lastCount: LAST }, 'returning')).not.toMatch(/\d/);
  });

  it('is no number if there was none', async () => {
    expect(await textOf({ sessions: unknown('not-read-yet') }, 'confirmed')).not.toMatch(/\d/);
  });

  it('stays unknown if a source refused to tell', async () => {
    expect(await textOf({ sessions: unknown('cmdlet-denied'), lastCount: LAST }, 'confirmed')).not.toMatch(/\d/);
  });
});
