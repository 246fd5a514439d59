import * as v from 'valibot';

import { readAddressRange } from '../../contract/address-range.js';
import { HOLD_TIME_LIMITS_MS, STALLED_AFTER_LIMITS_MS, WAIT_TIMEOUT_LIMITS_MS } from '../../contract/app-snapshot.js';

/** CreateServiceW takes names of up to 256 characters without slash and backslash; whether one is installed is asked when it is used. */
const serviceName = v.pipe(
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

/** Unknown names are refused: a misspelt setting must not be passed over in silence. */
const settingsSchema = v.strictObject({
  schema: v.literal(1),
  services: v.optional(v.nullable(v.pipe(v.array(serviceName), v.minLength(1))), null),
  holdTimeMs: v.optional(milliseconds(HOLD_TIME_LIMITS_MS), 60_000),
  stalledAfterMs: v.optional(milliseconds(STALLED_AFTER_LIMITS_MS), 600_000),
  timeoutMs: v.optional(milliseconds(WAIT_TIMEOUT_LIMITS_MS), 3_600_000),
  language: v.optional(v.nullable(v.picklist(['en', 'zh-CN'])), null),
  hold: v.optional(v.picklist(['demand', 'disabled']), 'demand'),
  ignoredAddresses: v.optional(v.array(address), []),
  startWithWindows: v.optional(v.boolean(), false),
});

/**
 * What an administrator set once for all runs. `services`: those a drain is about, null for all Lync services;
 * `timeoutMs`: how long a command waits for quiet; `language`: null for the system's; `ignoredAddresses`: remote ends whose
 * connections are no sessions, such as a load balancer's probe; ranges (`10.0.0.0/8`) too.
 */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

/** @returns what a settings file says, what it leaves out as it is by default; or what is wrong with it */
export function parseSettings(value: unknown): { readonly settings: Settings } | { readonly fault: string } {
  const result = v.safeParse(settingsSchema, value);
  if (result.success) return { settings: result.output };
  const [issue] = result.issues;
  return { fault: `${v.getDotPath(issue) ?? 'settings'}: ${issue.message}` };
}
