import { useCallback, useState } from 'react';

import type { Answer } from '../../electron/contract/ipc-channels.js';
import { problem, type Problem } from '../../electron/contract/problem.js';

export interface OrderSender {
  /** True until the main process has taken or refused the order. */
  readonly isSending: boolean;
  /** Why the last order was refused; null when it was taken. */
  readonly refusal: Problem | null;
  readonly forget: () => void;
  /** @returns true when the order was taken */
  readonly give: (call: () => Promise<Answer<unknown>>) => Promise<boolean>;
}

/** Gives orders one at a time and keeps the refusal of the last one to be shown. */
export function useOrder(): OrderSender {
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const give = useCallback(async (call: () => Promise<Answer<unknown>>): Promise<boolean> => {
    setSending(true);
    setRefusal(null);
    const answer = await call().catch((): Answer<unknown> => ({ ok: false, problem: problem('internal') }));
    setSending(false);
    if (!answer.ok) setRefusal(answer.problem);
    return answer.ok;
  }, []);
  const forget = useCallback(() => setRefusal(null), []);
  return { isSending, refusal, forget, give };
}
