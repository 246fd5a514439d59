import type { Change } from './run.js';

/** The steps of one service before a restart, in order: the columns of the checklist. */
export const SERVICE_STEPS = ['pause', 'manual', 'wait', 'confirm'] as const;
export type ServiceStep = (typeof SERVICE_STEPS)[number];

export const STEP_STATES = ['todo', 'doing', 'done', 'failed', 'skipped', 'by-hand'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** The step that each kind of change makes: the record names the change, every face names the step. */
export const STEP_OF_CHANGE = {
  pause: 'pause',
  'set-start': 'manual',
  continue: 'continue',
  start: 'start',
  'restore-start': 'restore-start-type',
} as const satisfies Readonly<Record<Change['kind'], string>>;

/** A step that changes the server, on the way down or back. */
export type ChangeStep = (typeof STEP_OF_CHANGE)[Change['kind']];
export const CHANGE_STEPS = /* @__PURE__ */ Object.values(STEP_OF_CHANGE) as readonly ChangeStep[];

/** Where a change stands while a command makes it. */
export const CHANGE_STATES = ['doing', 'done', 'failed'] as const satisfies readonly StepState[];
export type ChangeState = (typeof CHANGE_STATES)[number];

/** The steps of a plan: what a drain changes. */
export const PLAN_STEPS = ['pause', 'manual'] as const satisfies readonly ServiceStep[];

/** One step of what a drain would do to one service. */
export interface PlannedStep {
  readonly serviceName: string;
  readonly step: (typeof PLAN_STEPS)[number];
  readonly from: string;
  readonly to: string;
}
