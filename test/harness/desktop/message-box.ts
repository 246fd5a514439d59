import type { Screen, ScreenWindow } from './screen.js';
import { actUntil, waitFor } from './wait-for.js';

/** The lowest row of a box: its buttons' middle from below, and from the right the middle of each. */
const BUTTONS_ABOVE_BOTTOM = 23;
const BUTTONS_BEFORE_RIGHT = { Exit: 51, 'Keep running': 147 } as const;

/** The box in which the app asks before it exits, as Windows draws it. */
export class MessageBox {
  readonly #screen: Screen;
  readonly #window: ScreenWindow;

  private constructor(screen: Screen, window: ScreenWindow) {
    this.#screen = screen;
    this.#window = window;
  }

  static async find(screen: Screen, title: string): Promise<MessageBox> {
    const isIt = ({ name }: ScreenWindow): boolean => name === title;
    return new MessageBox(screen, await waitFor(`a box says ${title}`, async () => (await screen.windows()).find(isIt) ?? null));
  }

  /** Presses a button, and waits until the box has gone. */
  async press(button: keyof typeof BUTTONS_BEFORE_RIGHT): Promise<void> {
    const { id, x, y, width, height } = this.#window;
    const click = (): Promise<void> => this.#screen.click(x + width - BUTTONS_BEFORE_RIGHT[button], y + height - BUTTONS_ABOVE_BOTTOM);
    await actUntil('the box goes', click, async () => ((await this.#screen.windows()).every((window) => window.id !== id) ? true : null));
  }
}
