import type { AppEventKind } from '../../contract/app-snapshot.js';
import type { TrayTextId } from '../maintenance/tray-view.js';

/** What the texts of the tray app must say, in every language. */

export type TrayTexts = Readonly<Record<TrayTextId, string>>;

export interface AppTexts {
  /** Sentences of the event list, and titles of balloons. */
  readonly events: Readonly<Record<AppEventKind, string>>;
  /** Of balloons whose event has a sentence that is too long for a title. */
  readonly titles: Readonly<Partial<Record<AppEventKind, string>>>;
  readonly dialogs: Readonly<Record<DialogTextId, string>>;
}

type QuestionTextId = 'Title' | 'Detail' | 'Confirm' | 'Cancel';

export type DialogTextId = `exit${QuestionTextId}` | `pause${QuestionTextId}` | 'saveReport';
