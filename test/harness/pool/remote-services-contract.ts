import { beforeAll, describe, expect, it } from 'vitest';

import type { RemoteServiceControl } from '../../../electron/ports/pool-information.js';

/** What every way to the services of another computer promises. */
export interface RemoteServicesUnderTest {
  readonly control: RemoteServiceControl;
  /** A computer that answers: RTCSRV runs there, RTCRGS is paused, RTCCAA is stopped. */
  readonly computer: string;
  /** The names of the computers that were asked, as the asked side had them. */
  readonly asked: () => Promise<readonly string[]>;
}

export function describeRemoteServices(name: string, open: () => Promise<RemoteServicesUnderTest>): void {
  describe(`the services of another computer, through ${name}`, () => {
    let subject: RemoteServicesUnderTest;

    beforeAll(async () => {
      subject = await open();
    });

    it('have the states that they have there, and are of the computer that was named', async () => {
      const services = await subject.control.readServices(subject.computer);
      expect(services).toMatchObject({ kind: 'read', states: { RTCSRV: 'running', RTCRGS: 'paused', RTCCAA: 'stopped' } });
      expect((await subject.asked()).at(-1)).toBe(subject.computer);
    });

    it('are those of Lync alone', async () => {
      const services = await subject.control.readServices(subject.computer);
      const names = services.kind === 'read' ? Object.keys(services.states) : [];
      expect(names.filter((one) => !one.toUpperCase().startsWith('RTC'))).toEqual([]);
      expect(names.length).toBeGreaterThan(2);
    });

    it('are asked side by side, each computer by its own name', async () => {
      const names = ['fe02.contoso.com', 'fe03.contoso.com', 'FE-04'];
      const answers = await Promise.all(names.map((one) => subject.control.readServices(one)));
      expect(answers).toHaveLength(3);
      expect([...(await subject.asked())].slice(-3).sort()).toEqual([...names].sort());
    });

    it.each(['', '\\\\fe02', 'fe02 RTC', 'fe02/x', '-fe02', 'fe02"', 'fe02\n', 'a..b', '..'])(
      'are unknown of %j, which is not the name of a computer',
      async (odd) => {
        expect(await subject.control.readServices(odd)).toMatchObject({ kind: 'unknown', reason: 'failed' });
      },
    );
  });
}
