import type { ParamsArgument, PlaceValue } from './places.js';

const SERVICE = ['serviceName'] as const;

/**
 * Sentences that the decisions speak in, beside problems, with the params each is told with. Each is said in every language by
 * `language/`.
 */
export const MESSAGE_PLACES = {
  // checks: their results, one sentence each
  'check-elevated-pass': ['user'],
  'check-elevated-block': ['user'],
  'check-pausable-pass': SERVICE,
  'check-pausable-block': SERVICE,
  'check-pausable-unknown': SERVICE,
  'check-evidence-pass': ['serviceName', 'evidence', 'count'],
  'check-evidence-unknown': ['serviceName', 'reason'],
  'check-evidence-weak': ['serviceName', 'evidence', 'count'],
  'check-pool-pass': ['pool', 'members', 'others', 'required?'],
  'check-pool-warn': ['pool', 'members', 'others', 'required?'],
  'check-pool-block': ['pool', 'members', 'others', 'required', 'milder?'],
  'check-pool-unknown': ['pool?', 'trouble?'],
  'check-pool-unseen': ['pool', 'members', 'required?', 'trouble?'],
  'check-first-start-warn': ['pool', 'firstStart', 'running'],
  'check-readiness-pass': [],
  'check-readiness-soon': ['since', 'passesAt'],
  'check-readiness-busy': ['times', 'passesAt'],
  'check-readiness-stuck': ['times', 'since'],
  'check-readiness-insufficient': [],
  'check-readiness-unknown': ['trouble'],
  'check-last-instance-warn': ['services'],
  'check-single-server-warn': [],
  'check-failover-pass': [],
  'check-failover-block': [],
  'check-dns-pass': ['services', 'addresses'],
  'check-dns-warn': ['services'],
  'check-dns-unknown': ['services', 'trouble?'],
  'check-recovery-pass': ['services?'],
  'check-reboot-pass': [],
  'check-reboot-warn': ['services'],
  'check-reboot-unknown': ['services'],
  'check-not-lync-warn': SERVICE,
  'check-unknown-lync-warn': SERVICE,
  'check-outside-plan-warn': ['services'],
  'check-pending-warn': ['serviceName', 'state'],
  'check-not-running-warn': SERVICE,
  'check-found-paused-warn': ['services', 'count'],
  'check-start-type-kept-warn': [],
  'check-web-traffic-warn': [],
  'check-pool-none': ['serverRole'],
  'check-role-director-warn': [],
  'check-role-edge-warn': [],
  'check-role-mediation-warn': [],
  'check-role-chat-warn': [],
  'check-role-branch-warn': [],
  // why a service would run, or not, after a restart
  'reboot-starts-automatically': SERVICE,
  'reboot-starts-automatically-delayed': SERVICE,
  'reboot-started-by-dependent': ['serviceName', 'dependent'],
  'reboot-may-start-by-trigger': SERVICE,
  'reboot-stays-manual': SERVICE,
  'reboot-stays-disabled': SERVICE,
  'reboot-unknown': SERVICE,
  // why it is not ready yet
  'blocks-not-paused': ['serviceName', 'state'],
  'blocks-pending': ['serviceName', 'state'],
  'blocks-start-type': ['serviceName', 'startType'],
  'blocks-start-type-unknown': SERVICE,
  'blocks-missing': SERVICE,
  'blocks-sessions': ['count'],
  'blocks-unknown-sessions': ['serviceName', 'reason', 'atLeast?', 'ageSeconds?'],
  'blocks-hold-time': ['heldSeconds', 'holdSeconds'],
  'blocks-not-read': [],
  // worth knowing beside a verdict on the server
  'caveat-pool-unknown': [],
  'caveat-outside-pool': [],
  'caveat-single-server': ['pool'],
  'caveat-quorum-overridden': ['pool', 'others', 'required'],
  'caveat-quorum-not-in-table': ['pool', 'members'],
  'caveat-web-sessions': ['count'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type MessageId = keyof typeof MESSAGE_PLACES;
export const MESSAGE_IDS = /* @__PURE__ */ Object.keys(MESSAGE_PLACES) as readonly MessageId[];

/** A sentence to be said in any language. */
export interface Message {
  readonly id: MessageId;
  readonly params: Readonly<Record<string, PlaceValue>>;
}

export function message<Id extends MessageId>(id: Id, ...[params]: ParamsArgument<(typeof MESSAGE_PLACES)[Id]>): Message {
  return { id, params: params ?? {} };
}
