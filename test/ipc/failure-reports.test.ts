import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { IPC } from '../../electron/contract/ipc.js';
import { createFailureReports } from '../../renderer/store/failure-reports.js';

/** What the window sends, parsed as the main process parses it. */
function reportAll(...failures: readonly unknown[]): readonly string[] {
  const sent: string[] = [];
  const report = createFailureReports({
    reportFailure: async (request) => {
      sent.push(v.parse(IPC.reportFailure.request, request).text);
      return { ok: true, value: { logPath: null } };
    },
  });
  for (const failure of failures) report(failure);
  return sent;
}

describe('what the window reports of its failures', () => {
  it('is the stack, with those of the causes', () => {
    const [text] = reportAll(new TypeError('outer', { cause: new RangeError('inner') }));
    expect(text).toMatch(/^TypeError: outer\n {4}at [\s\S]*\ncaused by RangeError: inner\n {4}at /);
  });

  it('is something for anything that can be thrown', () => {
    const circular = new Error('circular');
    circular.cause = circular;
    const failures: readonly unknown[] = [undefined, null, '', 0, { any: 'thing' }, Object.create(null), Symbol('sign'), circular];
    expect(reportAll(...failures)).toHaveLength(failures.length);
  });

  it('has at most the length that the contract takes', () => {
    expect(reportAll(new Error('x'.repeat(100_000)))).toEqual([expect.stringMatching(/^Error: x{7993}$/)]);
  });

  it('is sent once for each failure, and fifty times at most', () => {
    const again = new Error('again');
    expect(reportAll(again, again)).toHaveLength(1);
    expect(reportAll(...Array.from({ length: 200 }, (_, count) => `failure ${count}`))).toHaveLength(50);
  });

  it('is lost without another failure if the main process does not answer', async () => {
    const report = createFailureReports({ reportFailure: () => Promise.reject(new Error('no handler')) });
    report(new Error('first'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
