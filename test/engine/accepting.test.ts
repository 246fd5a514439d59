import { describe, expect, it } from 'vitest';

import type { Entry } from '../../electron/contract/run.js';
import { DRAIN_ALL, HOURS, type Program, SIGN_OFF_SERVICES } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { carrying } from '../harness/engine/server-of.js';

const openHarness = harnessesOf('odd-names');
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const RECORDER = 'Acme Recorder (x64) [live]';

/** Entries of this type in the record, the services that they name. */
function recorded({ records }: Program, type: Entry['type']): readonly string[] {
  const entries = records
    .findOpen()!
    .entriesAfter(0)
    .filter((entry) => entry.type === type);
  return entries.map((entry) => ('serviceName' in entry ? entry.serviceName : ''));
}

describe('a word that is given by hand', () => {
  it('is taken for a planned service that the catalogue does not know', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    const services = [RECORDER, 'RTCRGS'];
    expect(await engine.drain({ ...SHORT, services }, by, listen, HOURS)).toMatchObject({
      outcome: 'needs-acceptance',
      problem: { params: { services: expect.stringContaining(RECORDER) as string } },
    });
    const accepted = await engine.accept({ services: [RECORDER.toLowerCase()], note: 'no call is recorded now', cut: null }, by, listen);
    expect(accepted).toMatchObject({ outcome: 'done', checklist: { accepted: [{ serviceName: RECORDER }] } });
    expect((await engine.drain({ ...SHORT, services }, by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.confirm(SIGN_OFF_SERVICES, by, listen)).outcome).toBe('confirmed');
  });

  it.each(['AcmeRecorder', 'Spooler', 'RTCMRAUTH'])(
    'is refused for what is not part of the maintenance and carries none: %s',
    async (name) => {
      const harness = await openHarness(name === 'AcmeRecorder' ? 'automatic-dependent' : 'edge');
      const { engine, by, listen } = harness.begin();
      await engine.drain(SHORT, by, listen, { ...HOURS, timeoutMs: 0 });
      expect(await engine.accept({ services: [name], note: 'seen', cut: null }, by, listen)).toMatchObject({
        outcome: 'blocked',
        problem: { id: 'no-sessions-carried' },
      });
    },
  );

  it.each(['rtcrgs', 'RtcRgs'])('stands however its service is written: %s', async (name) => {
    const harness = await openHarness('quiet', 1, carrying('RTCRGS', 0, { brokenNumber: 1_073_741_824 }));
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    const accepted = await engine.accept({ services: ['RTCCPS', name], note: 'looked at it', cut: null }, by, listen);
    expect(recorded(program, 'accepted')).toEqual(['RTCRGS']);
    expect(accepted.checklist).toMatchObject({ ready: true, accepted: [{ serviceName: 'RTCRGS' }], restart: { kind: 'accepted' } });
    // What was read for the word is of the same service as all before: a proof that stood goes on.
    const samples = program.records.findOpen()!.run!.samples;
    expect(new Set(samples.flatMap(({ sessions }) => Object.keys(sessions)).filter((key) => key.toUpperCase() === 'RTCRGS'))).toEqual(
      new Set(['RTCRGS']),
    );
  });
});
