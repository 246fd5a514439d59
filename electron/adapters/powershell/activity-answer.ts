import * as v from 'valibot';

import type { CmdletAnswer, CmdletTrouble, ServiceActivity } from '../../contract/evidence-answers.js';
import { ANSWER_MARK } from './activity-script.js';

const serviceShape = v.object({ name: v.string(), activityLevel: v.string() });
const failureShape = v.object({
  outcome: v.literal('failed'),
  errorId: v.string(),
  message: v.string(),
  category: v.optional(v.string(), ''),
  types: v.optional(v.array(v.string()), []),
});
const answerShape = v.variant('outcome', [
  v.object({ outcome: v.literal('read'), services: v.array(serviceShape) }),
  v.object({ outcome: v.literal('module-missing') }),
  v.object({ outcome: v.literal('restricted') }),
  failureShape,
]);

/** What the script printed: every service's activity, or why there is none. */
export type PrintedAnswer =
  | { readonly kind: 'activities'; readonly activities: ReadonlyMap<string, ServiceActivity> }
  | Extract<CmdletAnswer, { kind: 'unavailable' }>;

/** Finds the answer among everything that was printed: the last one, because the script prints it last, wherever on a line it stands. */
export function readActivityAnswer(output: string): PrintedAnswer {
  const parsed = v.safeParse(answerShape, decode(output));
  if (!parsed.success) return { kind: 'unavailable', reason: 'cmdlet-failed', raw: 'PowerShell answered something else' };
  const answer = parsed.output;
  switch (answer.outcome) {
    case 'read':
      return {
        kind: 'activities',
        activities: new Map(answer.services.map(({ name, activityLevel }) => [name.toUpperCase(), readActivityLevel(activityLevel)])),
      };
    case 'module-missing':
      return { kind: 'unavailable', reason: 'cmdlet-missing', raw: "Lync's PowerShell module is not installed" };
    case 'restricted':
      return { kind: 'unavailable', reason: 'powershell-restricted', raw: "PowerShell's language mode is not FullLanguage" };
    case 'failed':
      return { kind: 'unavailable', reason: reasonOf(answer), raw: `${answer.errorId}: ${answer.message}` };
  }
}

/** Why the cmdlet failed, by what is not translated: the error's id, its category (ErrorCategory) and the types of its exceptions. */
function reasonOf({ errorId, category, types }: v.InferOutput<typeof failureShape>): CmdletTrouble {
  if (isRestricted(errorId, types)) return 'powershell-restricted';
  const isDenied =
    DENIED_CATEGORIES.has(category) ||
    types.some((type) => DENIED_TYPES.has(type)) ||
    /AccessDenied|NotAuthorized|Unauthorized/i.test(errorId);
  return isDenied ? 'cmdlet-denied' : 'cmdlet-failed';
}

/**
 * A policy keeps scripts and modules from running. about_Execution_Policies: PSSecurityException with the id
 * UnauthorizedAccess; a module's format files are refused with FormatXmlUpdateException or TypesXmlUpdateException.
 * about_Language_Modes: ids that end in "ConstrainedLanguage" or "CoreTypes" (AppLocker, Windows Defender Application Control).
 */
function isRestricted(errorId: string, types: readonly string[]): boolean {
  const [id = ''] = errorId.split(',');
  return types.includes('System.Management.Automation.PSSecurityException') || id === 'UnauthorizedAccess' || RESTRICTED_ID.test(id);
}

const RESTRICTED_ID = /^(Format|Types)XmlUpdateException$|ConstrainedLanguage|CoreTypes|InvokeMethodNotSupported|ScriptsNotAllowed/i;

const DENIED_CATEGORIES: ReadonlySet<string> = new Set(['PermissionDenied', 'SecurityError', 'AuthenticationError']);
const DENIED_TYPES: ReadonlySet<string> = new Set(['System.UnauthorizedAccessException', 'System.Security.SecurityException']);

const BASE64 = /^[A-Za-z0-9+/]*={0,2}/;

function decode(output: string): unknown {
  const place = output.lastIndexOf(ANSWER_MARK);
  if (place < 0) return null;
  const [encoded = ''] = BASE64.exec(output.slice(place + ANSWER_MARK.length)) ?? [];
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    return null;
  }
}

/** A name with its whole number, between separators; a number with a decimal point or comma is not taken for a shorter one. */
const NAMED_NUMBER = /([^=,;|\r\n]*[^=,;|\s])\s*=\s*(-?\d+)(?![\d.])/g;
const WHOLE_PART = /^\s*[^=]*[^=\s]\s*=\s*-?\d+\s*$/;

/**
 * Reads `Name=number,Name=number`. Names may be translated and are taken as they are. Of text in any other shape the numbers
 * that can be found are told, and that it was not read whole: the rest could hide sessions.
 */
export function readActivityLevel(text: string): ServiceActivity {
  const named = [...text.matchAll(NAMED_NUMBER)].map(([, name = '', number = '']) => [name.trim(), Number(number)] as const);
  const values = new Map<string, number>();
  for (const [name, value] of named) values.set(name, Math.max(value, values.get(name) ?? value));
  const parts = text.trim() === '' ? [] : text.split(',');
  return { text, values, isWhole: parts.every((part) => WHOLE_PART.test(part)) && values.size === parts.length };
}
