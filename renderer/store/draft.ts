import { useMemo, useState } from 'react';

import type { AppSettings } from '../../electron/contract/app-snapshot.js';
import type { ServiceRow } from '../../electron/contract/checklist.js';
import type { Request } from '../../electron/contract/ipc.js';
import { namesService } from '../../electron/contract/service-names.js';
import type { Hold } from '../../electron/contract/settings.js';
import { leftToHold, leftToPause } from '../../electron/core/maintenance/changes-left.js';
import type { WindowMessages } from './texts.js';

/**
 * What the administrator has chosen before the run begins. Kept by the window alone: gone with it, and gone with the run it was
 * for, because a check of the next maintenance is not overridden today.
 */
export interface Draft {
  /** Null: all Lync services that carry sessions. */
  readonly services: readonly string[] | null;
  readonly overrides: readonly string[];
  readonly reason: string;
  readonly chooseServices: (services: readonly string[] | null) => void;
  readonly override: (checkId: string, isOverridden: boolean) => void;
  readonly setReason: (reason: string) => void;
}

interface Choices {
  /** Undefined until something else than the settings' services was chosen. */
  readonly services?: readonly string[] | null;
  readonly overrides: readonly string[];
  readonly reason: string;
}

const NOTHING_CHOSEN: Choices = { overrides: [], reason: '' };

/** @param runId of the open run, null while there is none */
export function useDraft(settings: AppSettings, runId: string | null): Draft {
  const [choices, setChoices] = useState(NOTHING_CHOSEN);
  const [lastRunId, setLastRunId] = useState(runId);
  if (lastRunId !== runId) {
    setLastRunId(runId);
    if (runId === null) setChoices(NOTHING_CHOSEN);
  }
  const { services = settings.services, overrides, reason } = choices;
  return useMemo(
    () => ({
      services,
      overrides,
      reason,
      chooseServices: (names) => setChoices((before) => ({ ...before, services: names })),
      override: (checkId, isOverridden) => {
        const others = (before: Choices): readonly string[] => before.overrides.filter((id) => id !== checkId);
        setChoices((before) => ({ ...before, overrides: isOverridden ? [...others(before), checkId] : others(before) }));
      },
      setReason: (text) => setChoices((before) => ({ ...before, reason: text })),
    }),
    [services, overrides, reason],
  );
}

/** The order to drain, from what was chosen and what is set. */
export function requestOfDraft(draft: Draft, settings: AppSettings, services: readonly string[] | null = draft.services): Request<'drain'> {
  return {
    services: services === null ? null : [...services],
    holdTimeMs: settings.holdTimeMs,
    hold: settings.hold,
    reason: reasonOf(draft),
    overrides: [...overridesFor(draft, services)],
  };
}

/** How the id of a check about another server of the pool begins. */
const OTHER_SERVER = 'server:';

/** Of what was overridden, what an order about these services may still name: a service that was left out has no checks any more. */
export function overridesFor({ overrides }: Draft, services: readonly string[] | null): readonly string[] {
  const isAboutService = (id: string): boolean => id.includes(':') && !id.startsWith(OTHER_SERVER);
  return overrides.filter((id) => services === null || !isAboutService(id) || namesService(services, id.slice(id.indexOf(':') + 1)));
}

/** What the order changes, as its button says it: pauses first, then start types, then nothing more. */
export function nameDrain(services: readonly ServiceRow[], hold: Hold, texts: WindowMessages): string {
  const pausing = leftToPause(services).length;
  if (pausing > 0) return texts.t('pause-services', { count: pausing });
  const holding = leftToHold(services, hold).length;
  return holding > 0 ? texts.t('set-manual', { count: holding, hold: texts.words.startTypes[hold] }) : texts.t('go-on-to-wait');
}

export function reasonOf({ reason }: Draft): string | null {
  const text = reason.trim();
  return text === '' ? null : text;
}
