import type { Language } from '../../contract/app-snapshot.js';
import { languageOfLocale } from '../../core/language/language.js';
import type { Terminal } from './terminal.js';

/** The language of the system: what the environment names, as programs of a terminal expect it, else what the system itself says. */
export function systemLanguage({ environment, systemLocale }: Pick<Terminal, 'environment' | 'systemLocale'>): Language {
  // An empty variable counts as not set, as POSIX has it.
  const named = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    (locale) => locale !== undefined && locale !== '',
  );
  return languageOfLocale(named ?? systemLocale());
}
