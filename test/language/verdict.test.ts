import { describe, expect, it } from 'vitest';

import type { Proof } from '../../electron/contract/checklist.js';
import { problem } from '../../electron/contract/problem.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { formatProof, formatReasons } from '../../electron/core/language/verdict.js';
import { NOON } from '../harness/fakes/checklists.js';

const english = createMessages('en');
const chinese = createMessages('zh-CN');

describe('the proof in words', () => {
  const proof: Proof = { since: NOON, heldMs: 64_000, readings: 7, longestGapMs: 9_000, lastAt: NOON, services: 12, sources: [] };
  const said = (sources: Proof['sources'], messages = english): string => formatProof({ ...proof, sources }, messages, () => '12:00');

  it('names what counted, and never what is stopped as a source', () => {
    expect(said(['counter', 'stopped', 'cmdlet'])).toMatch(/longest gap 9 s; by counter, Lync cmdlet\)\.$/);
    expect(said(['stopped'])).toMatch(/longest gap 9 s; stopped now\)\.$/);
    expect(said(['stopped'], chinese)).toMatch(/；现已停止）。$/);
    for (const sources of [[], ['none-needed'], ['none-needed', 'stopped']] as const) expect(said(sources)).toMatch(/longest gap 9 s\)\.$/);
  });
});

describe('what to do about a service that is not proved yet', () => {
  const reason = (serviceName: string, isPlanned: boolean) => {
    const params = { serviceName, heldSeconds: 3, holdSeconds: 60 };
    return {
      ...{ id: `not-proved:${serviceName}`, serviceName },
      problem: problem('not-proved-yet', isPlanned ? params : { ...params, outside: 'yes' }),
    };
  };

  it('is to wait for a planned one, and to add another one', () => {
    const nextOf = (isPlanned: boolean) => formatReasons([reason('RTCCPS', isPlanned)], english, false)[0]!.next;
    expect(nextOf(true)).toBe('Wait with "lync-drain watch".');
    expect(nextOf(false)).toBe('Add it with "lync-drain drain RTCCPS".');
  });

  it('is said of the planned ones and of the others apart', () => {
    const reasons = [reason('RTCCPS', true), reason('RTCCAA', false), reason('RTCSRV', true), reason('RTCRGS', false)];
    expect(formatReasons(reasons, english, false).map(({ happened, next }) => [happened, next])).toEqual([
      ['No session, but not yet for the 60 s that prove it: RTCCPS, RTCSRV.', 'Wait with "lync-drain watch".'],
      ['No session, but not yet for the 60 s that prove it: RTCCAA, RTCRGS.', 'Add them with "lync-drain drain RTCCAA RTCRGS".'],
    ]);
  });
});
