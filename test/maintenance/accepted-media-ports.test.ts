import { describe, expect, it } from 'vitest';

import { NO_SIGNS, type SessionReading } from '../../electron/contract/sessions.js';
import { endOfAcceptance } from '../../electron/core/maintenance/acceptance.js';
import { acceptanceOf, statusOf } from '../harness/fakes/server-facts.js';

const STATUS = statusOf('RTCMEDIARELAY', { state: 'paused' });

function withPorts(mediaPorts: number): SessionReading {
  const atLeast = { count: 1, evidence: 'udp', ageMs: 0 } as const;
  return { kind: 'unknown', reason: 'busy-only', raw: null, atLeast, signs: { ...NO_SIGNS, mediaPorts } };
}

describe('an acceptance of a service that is seen by its media ports alone', () => {
  const acceptance = acceptanceOf({ count: 1, mediaPorts: 4 });

  it('holds while there are no more ports than when it was given', () => {
    expect(endOfAcceptance(acceptance, STATUS, withPorts(4))).toBeNull();
    expect(endOfAcceptance(acceptance, STATUS, withPorts(2))).toBeNull();
  });

  it('ends when there are more: UDP names no remote end that could be new', () => {
    expect(endOfAcceptance(acceptance, STATUS, withPorts(6))).toEqual({ because: 'more-sessions', detail: '6' });
  });
});
