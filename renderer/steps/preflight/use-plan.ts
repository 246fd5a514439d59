import { useEffect, useState } from 'react';

import type { PlanPreview } from '../../../electron/contract/app-snapshot.js';
import type { Problem } from '../../../electron/contract/problem.js';
import { requestOfDraft, type Draft } from '../../store/draft.js';
import { useWindow } from '../../store/window-context.js';

export interface Plan {
  /** The last answer; null before the first. Kept while a newer one is on its way, so that nothing flickers. */
  readonly preview: PlanPreview | null;
  readonly problem: Problem | null;
  readonly isReading: boolean;
  readonly readAgain: () => void;
}

/** Asks what a drain would do, again whenever the choice of services or overrides changes. Changes nothing. */
export function usePlan(draft: Draft): Plan {
  const { client, snapshot } = useWindow();
  const [preview, setPreview] = useState<PlanPreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isReading, setReading] = useState(false);
  const [round, setRound] = useState(0);
  // The reason is no part of the question, and the settings are compared by value: a new snapshot brings new objects.
  const question = JSON.stringify({ ...requestOfDraft(draft, snapshot.settings), reason: null });

  const isAskable = draft.services?.length !== 0;

  useEffect(() => {
    if (!isAskable) return undefined;
    let isWanted = true;
    setReading(true);
    void client.plan(JSON.parse(question) as ReturnType<typeof requestOfDraft>).then((answer) => {
      if (!isWanted) return;
      setReading(false);
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) setPreview(answer.value);
    });
    return () => {
      isWanted = false;
    };
  }, [client, question, isAskable, round]);
  return { preview, problem, isReading, readAgain: () => setRound((before) => before + 1) };
}
