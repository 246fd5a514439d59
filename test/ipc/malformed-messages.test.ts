import { describe, expect, it } from 'vitest';

import { randomFor, type Random } from '../../electron/adapters/simulator/random.js';
import { answerCalls, type CallHandlers } from '../../electron/apps/tray/answer-call.js';
import { CALL_NAMES, type CallName } from '../../electron/contract/ipc-channels.js';

const MESSAGES = 100_000;

/** A request that is well formed, for each call. */
const GOOD: Readonly<Record<CallName, unknown>> = {
  snapshot: null,
  plan: { services: ['RTCSRV'], holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: ['pausable:RTCSRV'] },
  pause: { services: null, forMs: 900_000, reason: 'CHG-1', overrides: [] },
  drain: { services: ['RTCSRV', 'MSSQL$RTC'], holdTimeMs: 60_000, hold: null, reason: null, overrides: [] },
  stopWorking: null,
  accept: { services: ['RTCSRV'], note: 'looked', cut: null },
  confirm: { note: null, servicesOnly: false },
  resume: { services: null, stayStopped: false, conflicts: 'keep' },
  goOn: null,
  listEnds: { serviceName: 'RTCSRV' },
  findNames: { addresses: ['10.9.0.1', '2001:db8::9'] },
  signedIn: null,
  restartComputer: { token: '0123456789abcdef0123456789abcdef', consent: null },
  shutDownComputer: { token: '0123456789abcdef0123456789abcdef', consent: 'fedcba9876543210fedcba9876543210' },
  saveSettings: {
    language: 'system',
    services: null,
    holdTimeMs: 60_000,
    waitTimeoutMs: 3_600_000,
    hold: 'demand',
    startWithWindows: true,
    pool: null,
  },
  history: null,
  report: { runId: '20261123T115000Z-1' },
  saveReport: { runId: '20261123T115000Z-1' },
  printReport: { runId: '20261123T115000Z-1' },
  startRehearsal: { speed: 10, mishaps: ['leak'] },
  stopRehearsal: null,
  reportFailure: { text: 'TypeError: undefined is not a function' },
};

/** Values of which none is right in any place of any request. */
const NEVER_RIGHT: readonly unknown[] = [
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.5,
  2 ** 53,
  '',
  '../../etc/passwd',
  'C:\\Windows\\System32\\cmd.exe',
  '\\\\server\\share',
  'RTCSRV\u0000',
  'x'.repeat(100_000),
  Object.freeze({}),
  { toString: 'RTCSRV' },
  [[]],
  [null],
  ['a/b'],
  new Date(0),
  new Map([['services', null]]),
  new Uint8Array(8),
  1n,
];

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

/** A message as a window that was taken over might send it: a wrong kind, or a good request spoilt in one place. */
function spoil(random: Random, good: unknown): unknown {
  if (good === null) return random() < 0.5 ? pick(random, NEVER_RIGHT) : { ...(GOOD.drain as object) };
  const request = good as Record<string, unknown>;
  const keys = Object.keys(request);
  switch (Math.floor(random() * 4)) {
    case 0:
      return random() < 0.1 ? null : pick(random, NEVER_RIGHT);
    case 1:
      return withoutKey(request, pick(random, keys));
    case 2:
      return {
        ...request,
        [pick(random, ['path', 'script', 'command', 'constructor', 'args', ' token'])]: pick(random, ['cmd.exe', 1, null]),
      };
    default:
      return { ...request, [pick(random, keys)]: pick(random, NEVER_RIGHT) };
  }
}

function withoutKey(request: Record<string, unknown>, dropped: string): unknown {
  return Object.fromEntries(Object.entries(request).filter(([key]) => key !== dropped));
}

/** What a free text may hold: not every value is wrong there. */
function isStillGood(name: CallName, request: unknown): boolean {
  if (typeof request !== 'object' || request === null) return false;
  const good = GOOD[name];
  if (good === null || Object.keys(request).join() !== Object.keys(good as object).join()) return false;
  return Object.entries(request).every(([key, value]) => {
    if ((key === 'note' || key === 'reason') && typeof value === 'string' && value.length <= 500) return true;
    if (key === 'text' && typeof value === 'string' && value.length >= 1 && value.length <= 8_000) return true;
    return value === (good as Record<string, unknown>)[key];
  });
}

describe('the calls of the window', () => {
  const taken: CallName[] = [];
  const handlers = Object.fromEntries(
    CALL_NAMES.map((name) => [
      name,
      async () => {
        taken.push(name);
        return { ok: true, value: null };
      },
    ]),
  ) as unknown as CallHandlers;
  const answers = answerCalls(handlers);

  it('take every well-formed request', async () => {
    for (const name of CALL_NAMES) expect(await answers.get(name)!(GOOD[name]), name).toEqual({ ok: true, value: null });
    expect(taken.splice(0)).toEqual(CALL_NAMES);
  });

  it(`refuse ${MESSAGES} malformed messages by name, and do nothing for any of them`, async () => {
    const random = randomFor('malformed messages', 4);
    let refused = 0;
    for (let count = 0; count < MESSAGES; count += 1) {
      const name = pick(random, CALL_NAMES);
      let message = spoil(random, GOOD[name]);
      while (isStillGood(name, message)) message = spoil(random, GOOD[name]);
      const answer = await answers.get(name)!(message);
      if (!answer.ok && answer.problem.id === 'request-refused' && answer.problem.params['channel'] === name) refused += 1;
      else throw new Error(`${name} took ${String(message).slice(0, 300)}`);
    }
    expect(refused).toBe(MESSAGES);
    expect(taken).toEqual([]);
  });

  it('answer a failure of ours as a failure, never as nothing', async () => {
    const failing = answerCalls({ ...handlers, history: () => Promise.reject(new Error('disk on fire')) });
    expect(await failing.get('history')!(null)).toMatchObject({
      ok: false,
      problem: { id: 'internal', params: { detail: 'disk on fire' } },
    });
  });
});
