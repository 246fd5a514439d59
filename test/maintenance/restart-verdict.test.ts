import { describe, expect, it } from 'vitest';

import type { RestartReason, RestartVerdict } from '../../electron/contract/checklist.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { judgeRestart } from '../../electron/core/maintenance/restart-verdict.js';
import {
  ACCEPTANCES,
  type Case,
  EVIDENCE,
  isNotAsked,
  MEMBERSHIPS,
  NOT_ASKED,
  PREVIEWS,
  READ,
  STARTS,
  STATES,
  worldOf,
} from '../harness/maintenance/verdict-cases.js';
import { kindOf, mayLoseSessions, mayRunAfterRestart, reasonsOf } from '../harness/maintenance/verdict-rules.js';

const TIMEOUT_MS = 120_000;
const SPEECHES = [createMessages('en'), createMessages('zh-CN')];
/** Names that the catalogue knows, and one of Lync that it does not. */
const KNOWN = ['RTCRGS', 'RTCIMMCU', 'RTCAVMCU'];
const UNKNOWN = ['RTCVIS', 'RTCNEW', 'RTCOWN'];

const STARTS_IDS = Object.keys(STARTS) as (keyof typeof STARTS)[];

function* everyCase(): Generator<Case> {
  for (const state of STATES) {
    for (const start of STARTS_IDS) {
      for (const membership of MEMBERSHIPS) {
        for (const evidence of EVIDENCE) {
          for (const isLost of [false, true]) {
            for (const acceptance of ACCEPTANCES) {
              for (const preview of PREVIEWS) yield { state, start, membership, evidence, isLost, acceptance, preview };
            }
          }
        }
      }
    }
  }
}

function nameOf({ membership }: Case, place: number): string {
  return (membership === 'unknown-lync' ? UNKNOWN : KNOWN)[place]!;
}

/** What is wrong with the verdict on a server of these cases; null if it is right. */
function faultOf(cases: readonly Case[]): string | null {
  const { facts, run } = worldOf(Object.fromEntries(cases.map((one, place) => [nameOf(one, place), one])));
  const verdict = judgeRestart(facts, run);
  const expected = cases.flatMap((one, place) => reasonsOf(one).map((reason) => `${reason}:${nameOf(one, place)}`));
  const fault =
    falseSafe(cases, verdict) ?? wrongReasons(expected, verdict.reasons) ?? wrongKind(cases, verdict) ?? unsaid(verdict.reasons);
  return fault === null ? null : `${fault} of ${cases.map((one) => Object.values(one).join(' ')).join(' + ')}`;
}

function falseSafe(cases: readonly Case[], { kind }: RestartVerdict): string | null {
  if (kind === 'not-safe') return null;
  if (cases.some(mayLoseSessions)) return `"${kind}", though sessions may be cut,`;
  return cases.some(mayRunAfterRestart) ? `"${kind}", though a restart may start it,` : null;
}

function wrongReasons(expected: readonly string[], reasons: readonly RestartReason[]): string | null {
  const given = reasons
    .map(({ id }) => id)
    .sort()
    .join(' ');
  const wanted = [...expected].sort().join(' ');
  return given === wanted ? null : `reasons "${given}" instead of "${wanted}"`;
}

function wrongKind(cases: readonly Case[], { kind, reasons }: RestartVerdict): string | null {
  const wanted = kindOf(cases);
  if (kind !== wanted) return `"${kind}" instead of "${wanted}"`;
  return (kind === 'not-safe') === reasons.length > 0 ? null : `"${kind}" with ${reasons.length} reasons`;
}

const said = new Set<string>();

/** Every reason is a whole sentence with a next step, in both languages. */
function unsaid(reasons: readonly RestartReason[]): string | null {
  for (const { id, problem } of reasons) {
    const key = JSON.stringify(problem);
    if (said.has(key)) continue;
    said.add(key);
    for (const messages of SPEECHES) {
      const { code, happened, next } = messages.problem(problem);
      const isWhole = [happened, next].every((text) => text.length > 8 && !/[{}]|undefined|null/.test(text));
      if (!isWhole || !/^LD-\d{4}$/.test(code)) return `${id} says "${happened}" "${next}" in ${messages.language}`;
    }
  }
  return null;
}

function faultsIn(worlds: Iterable<readonly Case[]>): { readonly count: number; readonly faults: readonly string[] } {
  const faults: string[] = [];
  let count = 0;
  for (const cases of worlds) {
    count += 1;
    const fault = faultOf(cases);
    if (fault !== null && faults.length < 20) faults.push(fault);
  }
  return { count, faults };
}

const USUAL: Case = {
  state: 'paused',
  start: 'demand',
  membership: 'planned',
  evidence: 'zero-held',
  isLost: false,
  acceptance: 'none',
  preview: 'alone',
};

/** One of each kind that changes the verdict, with the evidence read. */
const CLASSES_READ: readonly Case[] = [
  USUAL,
  ...READ.slice(1).map((evidence): Case => ({ ...USUAL, evidence })),
  { ...USUAL, isLost: true, state: 'stopped' },
  { ...USUAL, evidence: 'at-least-three', acceptance: 'empty' },
  { ...USUAL, evidence: 'three', acceptance: 'empty' },
  { ...USUAL, evidence: 'three', acceptance: 'cut' },
  { ...USUAL, evidence: 'three', acceptance: 'cut-two' },
  { ...USUAL, evidence: 'busy-only-at-zero', acceptance: 'ended' },
  { ...USUAL, start: 'auto-delayed' },
  { ...USUAL, start: 'disabled', preview: 'automatic-dependent' },
  { ...USUAL, preview: 'automatic-dependent' },
  { ...USUAL, preview: 'trigger' },
  { ...USUAL, preview: 'unreadable' },
  { ...USUAL, state: 'running' },
  { ...USUAL, state: 'stop-pending', evidence: 'three' },
  { ...USUAL, state: 'missing' },
  { ...USUAL, membership: 'left-out', state: 'running', evidence: 'three' },
  { ...USUAL, membership: 'outside', state: 'running', evidence: 'at-least-three' },
  { ...USUAL, membership: 'outside' },
  { ...USUAL, membership: 'outside', evidence: 'zero-just-now' },
  { ...USUAL, membership: 'returned', state: 'running' },
  { ...USUAL, membership: 'unknown-lync', evidence: 'at-least-three', acceptance: 'empty' },
];

/** Likewise after a sign-off of the server, when the evidence is not asked. */
const CLASSES_SIGNED: readonly Case[] = NOT_ASKED.flatMap((evidence): Case[] => [
  { ...USUAL, evidence },
  { ...USUAL, evidence, membership: 'outside' },
  { ...USUAL, evidence, acceptance: 'empty' },
  { ...USUAL, evidence, acceptance: 'cut' },
  { ...USUAL, evidence, state: 'stopped', start: 'auto' },
  { ...USUAL, evidence, state: 'running', membership: 'outside' },
]);

function* pairsAndTriples(classes: readonly Case[]): Generator<readonly Case[]> {
  for (const one of classes) {
    for (const other of classes) {
      yield [one, other];
      for (const third of classes) yield [one, other, third];
    }
  }
}

describe('the verdict on a restart', { timeout: TIMEOUT_MS }, () => {
  it('is right for one service, whatever its state, start type, place in the plan, evidence, losses, acceptance and preview', () => {
    const { count, faults } = faultsIn([...everyCase()].map((one) => [one]));
    expect(faults).toEqual([]);
    expect(count).toBe(STATES.length * STARTS_IDS.length * MEMBERSHIPS.length * EVIDENCE.length * 2 * ACCEPTANCES.length * PREVIEWS.length);
  });

  it('is right for every pair and every three of the kinds of service that differ', () => {
    expect(CLASSES_READ.length).toBeLessThanOrEqual(30);
    expect(CLASSES_READ.some(({ evidence }) => isNotAsked(evidence))).toBe(false);
    const { count, faults } = faultsIn(pairsAndTriples(CLASSES_READ));
    expect(faults).toEqual([]);
    expect(count).toBe(CLASSES_READ.length ** 2 + CLASSES_READ.length ** 3);
  });

  it('is right for them after a sign-off too, when only states and processes are looked at', () => {
    expect(faultsIn(pairsAndTriples(CLASSES_SIGNED)).faults).toEqual([]);
  });

  it('says every one of its reasons somewhere in these checks', () => {
    const given = new Set([...everyCase()].flatMap((one) => reasonsOf(one)));
    expect([...given].sort()).toEqual([
      'dependent',
      'left-out',
      'missing',
      'not-held',
      'not-paused',
      'not-proved',
      'outside-plan',
      'sessions',
      'start-unknown',
      'trigger',
      'unknown',
    ]);
  });
});
