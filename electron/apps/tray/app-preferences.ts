import type { AppSettings, Language } from '../../contract/app-snapshot.js';
import { createMessages, type Messages } from '../../core/language/messages.js';

export interface PreferencesParts {
  /** As they are at the start. */
  readonly settings: AppSettings;
  /** @throws ProblemError */
  readonly writeSettings: (settings: AppSettings) => Promise<void>;
  readonly systemLanguage: Language;
}

/** What the administrator has chosen, with what follows from it: the language, and the words in it. */
export class AppPreferences {
  readonly #parts: PreferencesParts;
  #settings: AppSettings;
  #messages: Messages;

  constructor(parts: PreferencesParts) {
    this.#parts = parts;
    this.#settings = parts.settings;
    this.#messages = createMessages(this.language);
  }

  get settings(): AppSettings {
    return this.#settings;
  }

  get language(): Language {
    return this.#settings.language === 'system' ? this.#parts.systemLanguage : this.#settings.language;
  }

  get messages(): Messages {
    return this.#messages;
  }

  /** Nothing is taken over that could not be written. @throws ProblemError */
  async save(settings: AppSettings): Promise<void> {
    await this.#parts.writeSettings(settings);
    this.#settings = settings;
    this.#messages = createMessages(this.language);
  }
}
