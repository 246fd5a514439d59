import { describe, expect, it } from 'vitest';

import { leastSessions } from '../../electron/contract/sessions.js';
import type { DrainRequest } from '../../electron/engine/engine.js';
import { DRAIN_ALL, HOURS, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { allOf, carrying } from '../harness/engine/server-of.js';

const openHarness = harnessesOf('quiet');
const BROKEN = { brokenNumber: 1_073_741_824 };
/** No source can count these two, and none shows anything of them. */
const UNCOUNTED = allOf(carrying('RTCASMCU', 0, BROKEN), carrying('RTCAVMCU', 0, BROKEN));
const ONE_NAMED: DrainRequest = { ...DRAIN_ALL, holdTimeMs: 5_000, overrides: ['evidence:rtcavmcu'], note: 'watched the meetings' };

describe('a drain that accepts one service in advance', () => {
  it('ends as soon as only another one needs a word, names that one alone, and takes the advance word once it is given', async () => {
    const harness = await openHarness('quiet', 1, UNCOUNTED);
    const { engine, by, listen, events } = harness.begin();
    const ended = await engine.drain(ONE_NAMED, by, listen, HOURS);
    expect(ended).toMatchObject({
      outcome: 'needs-acceptance',
      problem: { params: { services: 'RTCASMCU' } },
      checklist: { acceptedInAdvance: ['RTCAVMCU'] },
    });
    expect(events.filter(({ type }) => type === 'accepted')).toEqual([]);
    const looked = await engine.watch(by, listen, HOURS);
    expect(looked).toMatchObject({ outcome: 'needs-acceptance', problem: { params: { services: 'RTCASMCU' } } });

    const accepted = await engine.accept({ services: ['RTCASMCU'], note: 'looked at it', cut: null }, by, listen);
    expect(accepted.checklist).toMatchObject({
      ready: true,
      acceptedInAdvance: [],
      accepted: [{ serviceName: 'RTCASMCU' }, { serviceName: 'RTCAVMCU', note: 'watched the meetings' }],
    });
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'confirmed',
      checklist: { restart: { kind: 'accepted' } },
    });
  });

  it('names it too if it shows something, which the word in advance does not cover', async () => {
    // The own servers keep a connection to RTCRGS open for ever.
    const harness = await openHarness('quiet', 1, allOf(UNCOUNTED, carrying('RTCRGS', 0, BROKEN)));
    const { engine, by, listen } = harness.begin();
    const ended = await engine.drain({ ...ONE_NAMED, overrides: ['evidence:RTCRGS', 'evidence:RTCAVMCU'] }, by, listen, HOURS);
    expect(ended).toMatchObject({
      outcome: 'needs-acceptance',
      problem: { params: { services: 'RTCRGS RTCASMCU' } },
      checklist: { acceptedInAdvance: ['RTCAVMCU'] },
    });
  });

  it('waits on while all that is missing was accepted in advance', async () => {
    const harness = await openHarness('quiet', 1, UNCOUNTED);
    const { engine, by, listen } = harness.begin();
    const both = await engine.drain({ ...ONE_NAMED, overrides: ['evidence:RTCASMCU', 'evidence:RTCAVMCU'] }, by, listen, HOURS);
    expect(both).toMatchObject({ outcome: 'ready', checklist: { restart: { kind: 'accepted' } } });
  });

  it('takes it for a service whose slow cmdlet counted calls before, and says zero since', async () => {
    const harness = await openHarness('slow-cmdlets');
    const { engine, by, listen } = harness.begin();
    const services = ['RTCCPS'];
    const seen: number[] = [];
    const watching: typeof listen = (event) => {
      if (event.type === 'sessions') seen.push(...event.checklist.services.map(({ sessions }) => leastSessions(sessions)));
      listen(event);
    };
    const ended = await engine.drain({ ...ONE_NAMED, services, overrides: ['evidence:RTCCPS'] }, by, watching, HOURS);
    expect(Math.max(...seen)).toBeGreaterThan(0);
    expect(ended).toMatchObject({ outcome: 'ready', checklist: { accepted: [{ serviceName: 'RTCCPS' }] } });
  });
});
