/** Sentences that the decisions speak in, beside problems. Each is said in every language by `language/`. */
export const MESSAGE_IDS = [
  // checks: their results, one sentence each
  'check-elevated-pass',
  'check-elevated-block',
  'check-pausable-pass',
  'check-pausable-block',
  'check-pausable-unknown',
  'check-evidence-pass',
  'check-evidence-unknown',
  'check-evidence-weak',
  'check-pool-pass',
  'check-pool-warn',
  'check-pool-block',
  'check-pool-unknown',
  'check-single-server-warn',
  'check-failover-pass',
  'check-failover-block',
  'check-dns-pass',
  'check-dns-warn',
  'check-dns-unknown',
  'check-reboot-pass',
  'check-reboot-warn',
  'check-reboot-unknown',
  'check-not-lync-warn',
  'check-pending-warn',
  'check-start-type-kept-warn',
  'check-web-traffic-warn',
  // why a service would run, or not, after a restart
  'reboot-starts-automatically',
  'reboot-starts-automatically-delayed',
  'reboot-started-by-dependent',
  'reboot-may-start-by-trigger',
  'reboot-stays-manual',
  'reboot-stays-disabled',
  'reboot-unknown',
  // why it is not ready yet
  'blocks-not-paused',
  'blocks-pending',
  'blocks-start-type',
  'blocks-start-type-unknown',
  'blocks-missing',
  'blocks-sessions',
  'blocks-unknown-sessions',
  'blocks-hold-time',
  'blocks-not-read',
] as const;
export type MessageId = (typeof MESSAGE_IDS)[number];

/** A sentence to be said in any language. */
export interface Message {
  readonly id: MessageId;
  readonly params: Readonly<Record<string, string | number>>;
}

export function message(id: MessageId, params: Readonly<Record<string, string | number>> = {}): Message {
  return { id, params };
}

