import * as v from 'valibot';

import { CALL_NAMES, type Answer, type CallName } from '../../contract/ipc-channels.js';
import type { Call, Value } from '../../contract/ipc.js';
import { problem } from '../../contract/problem.js';
import { problemOf } from './server-follower.js';

/** What the main process does for each call. May throw ProblemError, which is answered. */
export type CallHandlers = { readonly [N in CallName]: Call<N> };

/** One call, its request not yet looked at. */
export type Answering = (raw: unknown) => Promise<Answer<unknown>>;

/** One answering function a call. A request that does not parse is refused before any handler sees it. */
export function answerCalls(handlers: CallHandlers): ReadonlyMap<CallName, Answering> {
  return new Map(CALL_NAMES.map((name) => [name, (raw) => answerCall(handlers, name, raw)]));
}

async function answerCall<N extends CallName>(handlers: CallHandlers, name: N, raw: unknown): Promise<Answer<Value<N>>> {
  // The contract's parsers are read when a window first calls: most of the time there is none.
  const { IPC } = await import('../../contract/ipc.js');
  const parsed = v.safeParse(IPC[name].request, raw);
  if (!parsed.success) return { ok: false, problem: problem('request-refused', { channel: name }) };
  try {
    return await (handlers[name] as (request: unknown) => Promise<Answer<Value<N>>>)(parsed.output);
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
