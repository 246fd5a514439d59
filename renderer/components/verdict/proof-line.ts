import type { AcceptedService, Checklist } from '../../../electron/contract/checklist.js';
import type { WindowMessages } from '../../store/texts.js';

/** Services that one administrator accepted with one note, as the same thing. */
export interface AcceptedGroup {
  readonly services: readonly string[];
  readonly user: string;
  /** When the first of them was accepted. UTC, ISO 8601. */
  readonly at: string;
  readonly note: string | null;
  /** The most sessions of each that may be cut; null: accepted as empty. */
  readonly cut: number | null;
}

/** One line a word that was given, however many services it was given for. */
export function groupAccepted(accepted: readonly AcceptedService[]): readonly AcceptedGroup[] {
  const groups = new Map<string, AcceptedGroup>();
  for (const { serviceName, by, at, note, cut } of accepted) {
    const key = JSON.stringify([by.user, note, cut]);
    const before = groups.get(key);
    groups.set(key, { services: [...(before?.services ?? []), serviceName], user: by.user, at: before?.at ?? at, note, cut });
  }
  return [...groups.values()];
}

/** Why the planned services count as quiet, in one line; null while nothing proves it. */
export function proofLine({ proof, accepted }: Pick<Checklist, 'proof' | 'accepted'>, texts: WindowMessages): string | null {
  if (proof === null) return null;
  const { services, readings, heldMs, longestGapMs } = proof;
  const proved =
    services === 0
      ? []
      : [texts.t('proof-services', { count: services, held: texts.duration(heldMs), readings, gap: texts.duration(longestGapMs) })];
  const words = groupAccepted(accepted).map((group) => formatGroup(group, texts));
  return [...proved, ...words].join(texts.t('and-also'));
}

function formatGroup({ services, user, note, cut }: AcceptedGroup, texts: WindowMessages): string {
  const count = services.length;
  if (note === null) return texts.t('proof-accepted-bare', { count, user });
  return cut === null ? texts.t('proof-accepted', { count, user, note }) : texts.t('proof-accepted-cut', { count, user, note, cut });
}
