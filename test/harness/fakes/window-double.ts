import * as v from 'valibot';

import type { AppSnapshot } from '../../../electron/contract/app-snapshot.js';
import { CALL_NAMES, type Answer, type Bridge, type CallName } from '../../../electron/contract/ipc-channels.js';
import { IPC, type Value } from '../../../electron/contract/ipc.js';

/** What the double answers; a call without an answer here is taken and answered with null. */
export interface Script {
  readonly snapshot: AppSnapshot;
  readonly answers: { readonly [N in CallName]?: Answer<Value<N>> };
}

export interface WindowDouble {
  readonly bridge: Bridge;
  /** Every order the window gave, parsed as the main process would, oldest first. */
  readonly orders: readonly { readonly call: CallName; readonly request: unknown }[];
  /** What the contract refused of what the window sent; always empty unless the window is wrong. */
  readonly refused: readonly string[];
  /** As the main process tells of a change. */
  readonly push: (snapshot: AppSnapshot) => void;
  readonly answer: <N extends CallName>(call: N, answer: Answer<Value<N>>) => void;
}

/** The main process as the window sees it, derived from the contract: it parses what it is sent and what it answers. */
export function createWindowDouble(script: Script): WindowDouble {
  let snapshot = script.snapshot;
  const answers: Partial<Record<CallName, Answer<unknown>>> = { ...script.answers };
  const listeners = new Set<(snapshot: AppSnapshot) => void>();
  const orders: { call: CallName; request: unknown }[] = [];
  const refused: string[] = [];

  const handle = async (call: CallName, request: unknown): Promise<unknown> => {
    const parsed = v.safeParse(IPC[call].request, request);
    if (!parsed.success) refused.push(`${call}: ${parsed.issues.map((issue) => issue.message).join(', ')}`);
    if (call === 'snapshot') return { ok: true, value: v.parse(IPC.snapshot.answer, snapshot) };
    orders.push({ call, request });
    const answer = answers[call] ?? { ok: true, value: null };
    if (answer.ok) v.parse(IPC[call].answer, answer.value);
    return answer;
  };
  const calls = Object.fromEntries(CALL_NAMES.map((call) => [call, (request: unknown) => handle(call, request)]));
  const onSnapshot: Bridge['onSnapshot'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    bridge: { ...(calls as Record<CallName, (request: unknown) => Promise<unknown>>), onSnapshot },
    orders,
    refused,
    push: (next) => {
      snapshot = next;
      for (const listener of listeners) listener(v.parse(IPC.snapshot.answer, next));
    },
    answer: (call, answer) => {
      answers[call] = answer;
    },
  };
}
