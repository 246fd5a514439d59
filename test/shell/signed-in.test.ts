import { describe, expect, it } from 'vitest';

import { readOthersSignedIn, type SessionFunctions } from '../../electron/adapters/windows/desktop/signed-in.js';
import { findSignedIn, mayForce } from '../../electron/apps/tray/signed-in.js';
import type { SignedIn } from '../../electron/contract/signed-in.js';
import type { Power } from '../../electron/ports/power.js';
import { settle, SteppedTime } from '../harness/fakes/stepped-time.js';

/** States of `WTS_CONNECTSTATE_CLASS`, and classes of `WTS_INFO_CLASS` (wtsapi32.h). */
const [ACTIVE, CONNECTED, DISCONNECTED, LISTEN] = [0, 1, 4, 6];
const [USER, STATION, DOMAIN] = [5, 6, 7];

interface StoodSession {
  readonly id: number;
  readonly state: number;
  readonly user?: string;
  readonly domain?: string;
  readonly station?: string;
}

/** What a Server 2012 R2 with remote desktop answers: services, the console at its logon screen, a listener, and people. */
const SESSIONS: readonly StoodSession[] = [
  { id: 0, state: DISCONNECTED, station: 'Services' },
  { id: 1, state: CONNECTED, station: 'Console' },
  { id: 2, state: ACTIVE, user: 'ann', domain: 'CONTOSO', station: 'RDP-Tcp#0' },
  { id: 3, state: DISCONNECTED, user: 'bob', domain: 'CONTOSO' },
  { id: 7, state: ACTIVE, user: '\u738b\u82b3', domain: 'FE01', station: 'RDP-Tcp#4' },
  { id: 65_536, state: LISTEN, station: 'RDP-Tcp' },
];

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf16le');

/** @param own the session we run in */
function answering(
  own: number,
  sessions: readonly StoodSession[],
  fails: (id: number, infoClass: number) => boolean = () => false,
): SessionFunctions {
  return {
    ownSession: () => own,
    sessions: async () =>
      Buffer.concat(
        sessions.map(({ id, state }) => {
          // WTS_SESSION_INFOW: SessionId, 4 bytes of padding, pWinStationName, State, 4 bytes of padding.
          const bytes = Buffer.alloc(24, 0xcc);
          bytes.writeUInt32LE(id, 0);
          bytes.writeUInt32LE(state, 16);
          return bytes;
        }),
      ),
    about: async (id, infoClass) => {
      if (fails(id, infoClass)) return null;
      const found = sessions.find((session) => session.id === id);
      if (found === undefined) return null;
      return text({ [USER]: found.user, [DOMAIN]: found.domain, [STATION]: found.station }[infoClass] ?? '');
    },
  };
}

describe('the other people on this Windows', () => {
  it('are those with a user in a session that is not ours, also disconnected ones', async () => {
    expect(await readOthersSignedIn(answering(2, SESSIONS))).toEqual([
      { sessionId: 3, user: 'CONTOSO\\bob', station: '', isDisconnected: true },
      { sessionId: 7, user: 'FE01\\\u738b\u82b3', station: 'RDP-Tcp#4', isDisconnected: false },
    ]);
  });

  it('are nobody on a server where only we are signed in', async () => {
    expect(await readOthersSignedIn(answering(2, SESSIONS.slice(0, 3)))).toEqual([]);
  });

  it('include our own account in another session: its programs are ended too', async () => {
    const again = { id: 9, state: DISCONNECTED, user: 'ann', domain: 'CONTOSO' };
    expect(await readOthersSignedIn(answering(2, [...SESSIONS.slice(0, 3), again]))).toMatchObject([
      { sessionId: 9, user: 'CONTOSO\\ann' },
    ]);
  });

  it('are asked for once more when one session ends meanwhile', async () => {
    const [before, after] = [answering(2, SESSIONS, (id) => id === 3), answering(2, SESSIONS.slice(0, 3))];
    let asked = 0;
    const functions: SessionFunctions = {
      ownSession: () => 2,
      sessions: (): Promise<Buffer | null> => ((asked += 1) === 1 ? before : after).sessions(),
      about: (...question) => (asked <= 1 ? before : after).about(...question),
    };
    expect(await readOthersSignedIn(functions)).toEqual([]);
    expect(asked).toBe(2);
  });

  it.each<readonly [string, Partial<SessionFunctions>]>([
    ['the list', { sessions: async () => null }],
    ['our own session', { ownSession: () => null }],
    ['anything, with an empty list', { sessions: async () => Buffer.alloc(0) }],
    ['a name', answering(2, SESSIONS, (id, infoClass) => id === 7 && infoClass === USER)],
  ])('are unknown, not nobody, when Windows does not say %s', async (_, part) => {
    const functions = { ...answering(2, SESSIONS), ...part };
    await expect(readOthersSignedIn(functions)).rejects.toMatchObject({ problem: { id: 'signed-in-unreadable' } });
  });
});

describe('who else is signed in', () => {
  const clock = new SteppedTime();
  const powerOf = (othersSignedIn: Power['othersSignedIn']): Power => ({ othersSignedIn, turnOff: async () => undefined });

  it('is unknown where the question fails, and then only a consent to that forces', async () => {
    const power = powerOf(() => Promise.reject(new Error('denied')));
    const { others, consent } = await findSignedIn(power, clock);
    expect(others).toBeNull();
    expect([await mayForce(power, null, clock), await mayForce(power, consent, clock)]).toEqual([false, true]);
    const { consent: consentToNobody } = await findSignedIn(
      powerOf(async () => []),
      clock,
    );
    expect(await mayForce(power, consentToNobody, clock)).toBe(false);
  });

  it('is unknown after five seconds without an answer', async () => {
    let found: SignedIn | null = null;
    void findSignedIn(
      powerOf(() => new Promise(() => undefined)),
      clock,
    ).then((signedIn) => (found = signedIn));
    await clock.advance(4_999);
    expect(found).toBeNull();
    await clock.advance(1);
    await settle();
    expect(found).toMatchObject({ others: null });
  });
});
