import type { Draft } from '../store/draft.js';
import type { StepId } from './progress.js';

/** What every step is given beside the snapshot. */
export interface StepProps {
  /** True when this is the step to work on now; otherwise it is only looked at. */
  readonly isCurrent: boolean;
  readonly draft: Draft;
  readonly onShow: (step: StepId) => void;
  readonly onHistory: () => void;
}
