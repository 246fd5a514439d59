import type { AppTexts, TrayTexts } from '../../electron/core/language/app-topics.js';
import type { windowTexts } from '../../electron/core/language/en/window.js';
import type { SpokenTexts } from '../../electron/core/language/texts.js';

export type WindowTextId = keyof typeof windowTexts;

/** All that the window says in one language: a file of its own. */
export interface LanguagePack {
  readonly texts: SpokenTexts;
  readonly app: AppTexts;
  readonly tray: TrayTexts;
  readonly windowTexts: Readonly<Record<WindowTextId, string>>;
}
