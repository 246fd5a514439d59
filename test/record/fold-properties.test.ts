import { describe, expect, it } from 'vitest';

import type { EntryDraft, Run } from '../../electron/contract/run.js';
import { foldOnto, runOf, startFold } from '../../electron/core/record/fold.js';
import { fc } from '../harness/properties.js';
import { fold, AUTO_DELAYED, MANUAL, OPENING, ordered, original, placed, sampled, WHOLE_RUN } from '../harness/record/entries.js';

const SERVICES = ['RTCMEDSRV', 'RTCSRV', 'RTCATS'];
const service = fc.constantFrom(...SERVICES);
const count = fc.constantFrom(0, 0, 0, 3, 'too-old' as const);

const draft: fc.Arbitrary<EntryDraft> = fc.oneof(
  fc.constantFrom(...WHOLE_RUN.slice(1)),
  fc.record({ RTCMEDSRV: count, RTCSRV: count }).map((sessions) => sampled(sessions)),
  fc.constant<EntryDraft>({ type: 'quiet', heldMs: 60_000, samples: 13 }),
  fc.subarray(SERVICES).map((services): EntryDraft => ({ type: 'held-zero', services, heldMs: 60_000, samples: 13 })),
  fc.tuple(service, fc.constantFrom(AUTO_DELAYED, MANUAL)).map(([name, start]) => original(name, { start })),
  fc.subarray(SERVICES).map((services) => ordered({ services })),
  service.map((serviceName): EntryDraft => ({ type: 'returned', serviceName, how: 'restored' })),
);
const SET_MANUAL: EntryDraft = { type: 'intended', serviceName: 'RTCATS', change: { kind: 'set-start', from: AUTO_DELAYED, to: MANUAL } };
/** What signs off, or takes a sign-off back: behind a lost end of the record something may have taken it back. */
const SIGN_OFFS: readonly EntryDraft['type'][] = ['confirmed', 'withdrawn', 'tail-lost'];
const drafts = fc.array(draft, { maxLength: 40 });

function runOfAll(all: readonly EntryDraft[]): Run {
  const run = fold(placed(OPENING, ordered({ services: [] }), ...all));
  if (run === null) throw new Error('no run');
  return run;
}

describe('folding any row of entries', () => {
  it('gives the same run whether or not somebody looked in between', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const state = startFold();
        for (const entry of placed(OPENING, ordered({ services: [] }), ...all)) {
          foldOnto(state, entry);
          runOf(state);
        }
        expect(runOf(state)).toEqual(runOfAll(all));
      }),
    );
  });

  it('never loses the first original of a service, and replaces nothing of it but the start type', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const { services } = runOfAll(all);
        for (const name of SERVICES) {
          const originals = all.flatMap((one) => (one.type === 'original' && one.serviceName === name ? [one.original] : []));
          const kept = services.get(name)?.original;
          expect(kept && { ...kept, start: null }).toEqual(originals[0] && { ...originals[0], start: null });
          if (kept !== undefined) expect(originals.map(({ start }) => start)).toContainEqual(kept.start);
        }
      }),
    );
  });

  it('keeps the start type that a service had when the run meant to set one, until it is given back', () => {
    fc.assert(
      fc.property(drafts, drafts, (before, after) => {
        const isReturn = ({ type }: EntryDraft): boolean => type === 'returned';
        const held = [...before.filter((one) => !isReturn(one)), original('RTCATS'), SET_MANUAL];
        const rest = after.filter((one) => !isReturn(one));
        expect(runOfAll([...held, ...rest]).services.get('RTCATS')?.original).toEqual(runOfAll(held).services.get('RTCATS')?.original);
      }),
    );
  });

  it('never keeps a proof of quiet past a sample with a session that counts', () => {
    fc.assert(
      fc.property(drafts, fc.nat(40), (all, at) => {
        const busy = sampled({ RTCMEDSRV: 1, RTCSRV: 1, RTCATS: 1 });
        const before = all.slice(0, at).filter(({ type }) => type !== 'returned');
        const rest = all.slice(at).filter(({ type }) => type !== 'quiet' && type !== 'held-zero' && type !== 'left-out');
        const planned = [ordered({ services: SERVICES }), original('RTCMEDSRV')];
        const held: EntryDraft = { type: 'held-zero', services: ['RTCMEDSRV'], heldMs: 60_000, samples: 13 };
        const run = runOfAll([...planned, ...before, held, busy, ...rest]);
        expect([run.quiet, run.heldZero]).toEqual([null, null]);
      }),
    );
  });

  it('keeps a confirmation until it is withdrawn, the end of the record is lost, or a way back is broken off', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const last = all.filter((one, index) => SIGN_OFFS.includes(one.type) || isDrainAfterWayBack(all, index)).at(-1);
        expect(runOfAll(all).confirmed !== null).toBe(last?.type === 'confirmed');
      }),
    );
  });

  function isDrainAfterWayBack(all: readonly EntryDraft[], index: number): boolean {
    const commands = all.slice(0, index + 1).flatMap((one) => (one.type === 'ordered' ? [one.order.command] : []));
    return all[index]?.type === 'ordered' && commands.at(-1) !== 'resume' && commands.at(-2) === 'resume';
  }
});
