import type { CheckResult, Phase, RestartKind } from '../../contract/checklist.js';
import type { Source } from '../../contract/computer.js';
import type { PoolTrouble, RemoteTrouble } from '../../contract/facts.js';
import type { Edition, ProductTrouble, ServerRole } from '../../contract/installed-server.js';
import type { MessageId } from '../../contract/message-places.js';
import type { OutcomeKind } from '../../contract/outcome.js';
import type { ProblemId } from '../../contract/problem.js';
import type { Actor, SignOffScope } from '../../contract/run.js';
import type { AcceptedControl, ShownState, StartType } from '../../contract/service.js';
import type { EvidenceSource, UnknownSessionReason } from '../../contract/sessions.js';
import type { ChangeStep, ServiceStep, StepState } from '../../contract/steps.js';
import type { LingerReason } from '../catalogue/catalogue.js';
import type { HeldFunction } from '../catalogue/held-functions.js';

/** A failure in two sentences: what happened, and what to do next. */
export interface ProblemText {
  readonly happened: string;
  readonly next: string;
}

/** Windows' own terms, as the Services console of that language shows them, and ours. */
export interface Words {
  readonly states: Readonly<Record<ShownState, string>>;
  readonly startTypes: Readonly<Record<StartType, string>>;
  readonly controls: Readonly<Record<AcceptedControl, string>>;
  readonly steps: Readonly<Record<StepName, string>>;
  readonly stepsDone: Readonly<Record<StepName, string>>;
  readonly stepStates: Readonly<Record<StepState, string>>;
  readonly phases: Readonly<Record<Phase, string>>;
  /** With `services`, `count` and `users` for what was accepted, and `cut`. */
  readonly restarts: Readonly<Record<RestartKind, string>>;
  /** `safe`, said of a run in which sessions may have been cut. */
  readonly restartAfterLoss: string;
  readonly signOffs: Readonly<Record<SignOffScope, string>>;
  readonly checkResults: Readonly<Record<CheckResult, string>>;
  readonly sources: Readonly<Record<Source, string>>;
  readonly faces: Readonly<Record<Actor['face'], string>>;
  /** What a failed file operation says, by its code, which stays in front: that is what people search for. */
  readonly failures: Readonly<Record<string, string>>;
  readonly evidence: Readonly<Record<EvidenceSource, string>>;
  readonly unknownSessions: Readonly<Record<UnknownSessionReason, string>>;
  /** What would make the sessions known, or what to look at instead: rights with the names of their groups. */
  readonly sessionRemedies: Readonly<Record<UnknownSessionReason, string>>;
  /** Why something of the pool is not known. */
  readonly poolTroubles: Readonly<Record<PoolTrouble, string>>;
  /** Why it is not known whether another server of the pool is in service. */
  readonly remoteTroubles: Readonly<Record<RemoteTrouble | 'no-front-end', string>>;
  /** What usually keeps a service's last sessions alive. */
  readonly lingers: Readonly<Record<LingerReason, string>>;
  readonly serverRoles: Readonly<Record<ServerRole, string>>;
  readonly editions: Readonly<Record<Edition, string>>;
  readonly productTroubles: Readonly<Record<ProductTrouble, string>>;
  /** Which Lync server this is, or what of it is not known. */
  readonly installed: Readonly<Record<'roleUnknown' | 'product' | 'productUnknown' | 'versionUnknown', string>>;
  /** What a service holds that Windows does not show apart. */
  readonly heldFunctions: Readonly<Record<HeldFunction, string>>;
}

/** Steps of the checklist and of the way back. */
type StepName = ServiceStep | ChangeStep;

export type ProblemTexts = Readonly<Record<ProblemId, ProblemText>>;
export type MessageTexts = Readonly<Record<MessageId, string>>;
export type OutcomeTexts = Readonly<Record<OutcomeKind, string>>;

/** Any topic, with the keys of the English one: a key too few or too many does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
