import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

import type { Language } from '../../../electron/contract/app-snapshot.js';
import type { Params } from '../../../electron/core/language/template.js';
import type { StepId } from '../../../renderer/steps/progress.js';
import type { WindowTextId } from '../../../renderer/store/language-pack.js';
import type { WindowMessages } from '../../../renderer/store/texts.js';
import { textsIn } from '../fakes/texts-in.js';

/** Patience with a machine that does other things too. */
const PATIENCE_MS = 60_000;
/** More stops than any page of the window has. */
const MAX_TABS = 200;

/** A user in front of the window, who reads what it says and presses what it offers; nothing else. */
export abstract class Administrator {
  readonly texts: WindowMessages;

  constructor(
    readonly page: Page,
    language: Language,
  ) {
    this.texts = textsIn(language);
  }

  /** Presses a button by its words, once it can be pressed. Two buttons with the same words are a failure. */
  async press(id: WindowTextId, params?: Params): Promise<void> {
    await this.pressNamed(this.texts.t(id, params));
  }

  async pressNamed(name: string): Promise<void> {
    const isInFront = async (): Promise<boolean> => {
      const button = await this.#buttonInFront(name);
      return (await button.count()) > 0 && (await button.isEnabled());
    };
    await expect.poll(isInFront, { timeout: PATIENCE_MS, message: `${name} can be pressed` }).toBe(true);
    await this.activate(await this.#buttonInFront(name));
  }

  /** While a dialog asks, nothing behind it can be pressed. */
  async #buttonInFront(name: string): Promise<Locator> {
    const dialog = this.page.locator('[aria-modal="true"]');
    const place = (await dialog.count()) > 0 ? dialog : this.page;
    return place.getByRole('button', { name, exact: true });
  }

  /** Writes into the field of that name. */
  async write(id: WindowTextId, text: string): Promise<void> {
    await this.fill(this.page.getByRole('textbox', { name: this.texts.t(id) }), text);
  }

  /** Waits until the window shows a step. */
  async seeStep(step: StepId): Promise<void> {
    await this.see(this.texts.t(`step-${step}`), this.page.locator('#step-title'));
  }

  /** Waits until the window says something. */
  async see(words: string, where: Locator = this.page.locator('body')): Promise<void> {
    await expect
      .poll(() => where.innerText().catch(() => ''), { timeout: PATIENCE_MS, message: `the window says ${words}` })
      .toContain(words);
  }

  protected abstract activate(button: Locator): Promise<void>;
  protected abstract fill(field: Locator, text: string): Promise<void>;
}

export class MouseUser extends Administrator {
  protected async activate(button: Locator): Promise<void> {
    await button.click({ timeout: PATIENCE_MS });
  }

  protected async fill(field: Locator, text: string): Promise<void> {
    await field.click();
    await this.page.keyboard.type(text);
  }
}

/** Has no mouse: goes from stop to stop, and presses Enter. */
export class KeyboardUser extends Administrator {
  protected async activate(button: Locator): Promise<void> {
    await this.#goTo(button);
    await this.page.keyboard.press('Enter');
  }

  protected async fill(field: Locator, text: string): Promise<void> {
    await this.#goTo(field);
    await this.page.keyboard.type(text);
  }

  async #goTo(target: Locator): Promise<void> {
    for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard never comes to ${String(target)}.`);
  }
}
