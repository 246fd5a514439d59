import * as v from 'valibot';

import { MAX_FAILURE_LENGTH, MAX_NOTE_LENGTH } from './app-snapshot.js';
import { endsList, namedAddress } from './ends-answers.js';
import { appSettings, appSnapshot, historyRow, planPreview, quickPauseLength, rehearsalChoice, signedIn } from './ipc-answers.js';
import type { Answer, CallName } from './ipc-channels.js';
import { CONFLICT_ANSWERS } from './run.js';
import { USUAL_ENDS } from './session-ends.js';
import { MAX_PLAUSIBLE_SESSIONS } from './sessions.js';
import { serviceName, SETTING } from './settings-schema.js';

/**
 * The contract of window and main process: one value from which handlers, client and test doubles are derived. A request
 * carries ids of known actions, services, checks and runs, addresses that it was shown, values from known lists, and notes
 * of limited length; never a path, a script or a command line.
 */

const MAX_SERVICES = 1_000;
const MAX_OVERRIDES = 1_000;

const nothing = v.null();
const someServices = v.pipe(v.array(serviceName), v.minLength(1), v.maxLength(MAX_SERVICES), v.readonly());
const services = v.nullable(someServices);
const checkId = v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,63}(:[^/\\\p{Cc}]{1,256})?$/u));
const overrides = v.pipe(v.array(checkId), v.maxLength(MAX_OVERRIDES), v.readonly());
/** Of an address that the main process has just shown: any other is refused there. */
const address = v.pipe(v.string(), v.regex(/^[0-9a-f.:]{2,45}$/i));
const runId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/));
const noteText = v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH));
const note = v.nullable(noteText);
const requiredNote = v.pipe(noteText, v.nonEmpty());
const cut = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PLAUSIBLE_SESSIONS)));

const drainRequest = v.strictObject({
  services,
  holdTimeMs: SETTING.holdTimeMs,
  hold: v.nullable(SETTING.hold),
  reason: note,
  overrides,
});
const settingsRequest = v.strictObject({ ...appSettings.entries, services });
const token = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
/** `consent`: of the list of people who may be signed out; null if nobody may. */
const powerRequest = v.strictObject({ token, consent: v.nullable(token) });

/** `request` parses what the window sends; `answer` parses what the main process gives back when it is a value. */
export const IPC = {
  snapshot: { request: nothing, answer: appSnapshot },
  plan: { request: drainRequest, answer: planPreview },
  pause: {
    request: v.strictObject({ services, forMs: quickPauseLength, reason: note, overrides, withoutEndTask: v.exactOptional(v.boolean()) }),
    answer: nothing,
  },
  drain: { request: drainRequest, answer: nothing },
  stopWorking: { request: nothing, answer: nothing },
  accept: { request: v.strictObject({ services: someServices, note: requiredNote, cut }), answer: nothing },
  confirm: { request: v.strictObject({ note, servicesOnly: v.boolean() }), answer: nothing },
  resume: {
    request: v.strictObject({ services, stayStopped: v.boolean(), conflicts: v.nullable(v.picklist(CONFLICT_ANSWERS)) }),
    answer: nothing,
  },
  goOn: { request: nothing, answer: nothing },
  listEnds: { request: v.strictObject({ serviceName }), answer: endsList },
  findNames: {
    request: v.strictObject({ addresses: v.pipe(v.array(address), v.minLength(1), v.maxLength(USUAL_ENDS), v.readonly()) }),
    answer: v.array(namedAddress),
  },
  signedIn: { request: nothing, answer: signedIn },
  restartComputer: { request: powerRequest, answer: nothing },
  shutDownComputer: { request: powerRequest, answer: nothing },
  saveSettings: { request: settingsRequest, answer: nothing },
  history: { request: nothing, answer: v.array(historyRow) },
  report: { request: v.strictObject({ runId }), answer: v.strictObject({ html: v.string() }) },
  saveReport: { request: v.strictObject({ runId }), answer: v.strictObject({ saved: v.boolean() }) },
  printReport: { request: v.strictObject({ runId }), answer: nothing },
  startRehearsal: { request: rehearsalChoice, answer: nothing },
  stopRehearsal: { request: nothing, answer: nothing },
  reportFailure: {
    request: v.strictObject({ text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_FAILURE_LENGTH)) }),
    answer: v.strictObject({ logPath: v.nullable(v.string()) }),
  },
} as const satisfies Record<CallName, { readonly request: v.GenericSchema; readonly answer: v.GenericSchema }>;

export type Request<N extends CallName> = v.InferOutput<(typeof IPC)[N]['request']>;
export type Value<N extends CallName> = v.InferOutput<(typeof IPC)[N]['answer']>;

/** A call of the window, typed. An order is answered as soon as it is taken; how it goes on shows in the snapshots. */
export type Call<N extends CallName> = (request: Request<N>) => Promise<Answer<Value<N>>>;
