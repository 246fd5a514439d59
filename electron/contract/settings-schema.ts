import * as v from 'valibot';

import { readAddressRange } from './address-range.js';
import {
  DEFAULT_SETTINGS,
  HOLDS,
  HOLD_TIME_LIMITS_MS,
  isFullName,
  LANGUAGES,
  STALLED_AFTER_LIMITS_MS,
  WAIT_TIMEOUT_LIMITS_MS,
} from './settings.js';

/** CreateServiceW takes names of up to 256 characters without slash and backslash; whether one is installed is asked when it is used. */
export const serviceName = v.pipe(
  v.string(),
  v.check(
    (name) => /^[^/\\\p{Cc}]{1,256}$/u.test(name),
    ({ input }) => JSON.stringify(input),
  ),
);
const address = v.pipe(
  v.string(),
  v.check(
    (text) => readAddressRange(text) !== null,
    ({ input }) => JSON.stringify(input),
  ),
);

const fullName = v.pipe(
  v.string(),
  v.check(isFullName, ({ input }) => JSON.stringify(input)),
);

/** Told as `60 < 1000 ms`: seconds that were meant for milliseconds are the usual mistake, and signs need no language. */
function milliseconds({ least, most }: { readonly least: number; readonly most: number }) {
  return v.pipe(
    v.number(),
    v.integer(),
    v.check(
      (value) => value >= least,
      ({ input }) => `${input} < ${least} ms`,
    ),
    v.check(
      (value) => value <= most,
      ({ input }) => `${input} > ${most} ms`,
    ),
  );
}

/** Each setting once: the file, the window's settings and every type are made of these. */
export const SETTING = {
  services: v.nullable(v.pipe(v.array(serviceName), v.minLength(1), v.readonly())),
  holdTimeMs: milliseconds(HOLD_TIME_LIMITS_MS),
  stalledAfterMs: milliseconds(STALLED_AFTER_LIMITS_MS),
  timeoutMs: milliseconds(WAIT_TIMEOUT_LIMITS_MS),
  language: v.nullable(v.picklist(LANGUAGES)),
  hold: v.picklist(HOLDS),
  ignoredAddresses: v.pipe(v.array(address), v.readonly()),
  startWithWindows: v.boolean(),
  pool: v.nullable(fullName),
};

/** Unknown names are refused: a misspelt setting must not be passed over in silence. */
const settingsSchema = v.strictObject({
  schema: v.literal(DEFAULT_SETTINGS.schema),
  services: v.optional(SETTING.services, DEFAULT_SETTINGS.services),
  holdTimeMs: v.optional(SETTING.holdTimeMs, DEFAULT_SETTINGS.holdTimeMs),
  stalledAfterMs: v.optional(SETTING.stalledAfterMs, DEFAULT_SETTINGS.stalledAfterMs),
  timeoutMs: v.optional(SETTING.timeoutMs, DEFAULT_SETTINGS.timeoutMs),
  language: v.optional(SETTING.language, DEFAULT_SETTINGS.language),
  hold: v.optional(SETTING.hold, DEFAULT_SETTINGS.hold),
  ignoredAddresses: v.optional(SETTING.ignoredAddresses, [...DEFAULT_SETTINGS.ignoredAddresses]),
  startWithWindows: v.optional(SETTING.startWithWindows, DEFAULT_SETTINGS.startWithWindows),
  pool: v.optional(SETTING.pool, DEFAULT_SETTINGS.pool),
});

/**
 * What an administrator set once for all runs. `services`: those a drain is about, null for all Lync services;
 * `timeoutMs`: how long a command waits for quiet; `language`: null for the system's; `ignoredAddresses`: remote ends whose
 * connections are no sessions, such as a load balancer's probe; ranges (`10.0.0.0/8`) too; `pool`: the full name of the pool, for a server
 * where no cmdlet says it.
 */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

/** @returns what a settings file says, what it leaves out as it is by default; or what is wrong with it */
export function parseSettings(value: unknown): { readonly settings: Settings } | { readonly fault: string } {
  const result = v.safeParse(settingsSchema, value);
  if (result.success) return { settings: result.output };
  const [issue] = result.issues;
  return { fault: `${v.getDotPath(issue) ?? 'settings'}: ${issue.message}` };
}
