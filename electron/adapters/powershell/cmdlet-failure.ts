import * as v from 'valibot';

import type { CmdletTrouble } from '../../contract/evidence-answers.js';
import type { ScriptResult } from './powershell-port.js';

/** What a script says of an error. */
export const failureShape = v.object({
  outcome: v.literal('failed'),
  errorId: v.string(),
  message: v.string(),
  category: v.optional(v.string(), ''),
  types: v.optional(v.array(v.string()), []),
});
type CmdletFailure = v.InferOutput<typeof failureShape>;

/** How every script of ours ends that has nothing to tell. */
export const noAnswerShapes = [
  v.object({ outcome: v.literal('module-missing') }),
  v.object({ outcome: v.literal('restricted') }),
  failureShape,
] as const;
type NoAnswer = { readonly outcome: 'module-missing' | 'restricted' } | CmdletFailure;

/** What stands in the way, and the words of PowerShell for people who look into it. */
export interface NoAnswerReason {
  readonly trouble: CmdletTrouble;
  readonly raw: string;
}

/** What was printed is no answer of the script. */
export const SOMETHING_ELSE: NoAnswerReason = { trouble: 'cmdlet-failed', raw: 'PowerShell answered something else' };

export function reasonOfNoAnswer(answer: NoAnswer): NoAnswerReason {
  switch (answer.outcome) {
    case 'module-missing':
      return { trouble: 'cmdlet-missing', raw: "Lync's PowerShell module is not installed" };
    case 'restricted':
      return { trouble: 'powershell-restricted', raw: "PowerShell's language mode is not FullLanguage" };
    case 'failed':
      return { trouble: troubleOf(answer), raw: `${answer.errorId}: ${answer.message}` };
  }
}

/** Why a cmdlet failed, by what is not translated: the error's id, its category (ErrorCategory) and the types of its exceptions. */
function troubleOf({ errorId, category, types }: CmdletFailure): CmdletTrouble {
  if (isRestricted(errorId, types)) return 'powershell-restricted';
  if (errorId.split(',')[0] === 'CommandNotFoundException') return 'cmdlet-missing';
  const isDenied =
    DENIED_CATEGORIES.has(category) ||
    types.some((type) => DENIED_TYPES.has(type)) ||
    /AccessDenied|NotAuthorized|Unauthorized/i.test(errorId);
  return isDenied ? 'cmdlet-denied' : 'cmdlet-failed';
}

/** Why there is no output of a script. */
export function troubleOfScript(kind: Exclude<ScriptResult['kind'], 'output'>): CmdletTrouble {
  switch (kind) {
    case 'not-started':
      return 'cmdlet-missing';
    case 'forbidden':
    case 'refused':
      return 'powershell-restricted';
    case 'timed-out':
      return 'did-not-answer';
    case 'ended':
    case 'too-much-output':
      return 'cmdlet-failed';
  }
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
