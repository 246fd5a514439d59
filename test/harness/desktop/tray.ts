import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { drawIcons, TRAY_SHAPES } from '../../../build/icons.mjs';
import { JsonLines } from '../windows/json-lines.js';
import { compileNative } from '../windows/native.js';
import type { WindowsServer } from '../windows/windows-server.js';
import type { Area, Screen, ScreenWindow } from './screen.js';
import { actUntil, waitFor } from './wait-for.js';

export type TrayShape = (typeof TRAY_SHAPES)[number];

/** Without a panel to put it into, Wine shows the tray as a small window of this name, its first icon at this place in it. */
const TRAY_WINDOW = 'Wine System Tray';
const PAINTER_SOURCE = 'test/harness/desktop/native/tray-painter.c';
const ICON = { left: 5, top: 24, size: 16 } as const;

/** Two pictures of one icon differ by less than this, of two icons by more: the mean of a byte's difference. */
const ALIKE_BELOW = 8;

/** What Chromium's menus measure: a line that can be read, a line between lines, and the frame above and below. */
const ROW_HEIGHT = 23;
const SEPARATOR_HEIGHT = 11;
const MENU_PADDING = 4;

/** The ink of a row that can be chosen is darker than this, that of one that can only be read is 118. */
const DARK_BELOW = 72;

/** What a window is before it is painted, and the ground of a row that the mouse is on, give or take one. */
const BLACK = 0;
const LIT = 232;

/** Pixels between a menu and a click that puts it away. */
const BESIDE = 20;

export const SEPARATOR = '—';

const runFile = promisify(execFile);

/** The tray as a user at the screen sees and uses it. */
export class Tray {
  readonly #screen: Screen;
  readonly #painter: JsonLines;
  readonly #icons: ReadonlyMap<TrayShape, Buffer>;
  #balloonsSeen = 0;

  private constructor(screen: Screen, painter: JsonLines, icons: ReadonlyMap<TrayShape, Buffer>) {
    this.#screen = screen;
    this.#painter = painter;
    this.#icons = icons;
  }

  static async of(server: WindowsServer, screen: Screen): Promise<Tray> {
    const program = await compileNative(PAINTER_SOURCE);
    const painter = new JsonLines(spawn(server.wine.command, [program], { cwd: server.folder, env: server.wine.env }));
    await painter.next();
    return new Tray(screen, painter, await drawShapes());
  }

  /** The shape that our icon has now, as soon as it can be made out. */
  shape(): Promise<TrayShape> {
    return waitFor('an icon of ours can be made out', () => this.#look());
  }

  /** Null where there is no icon of ours, or where Wine has not drawn it yet. */
  async #look(): Promise<TrayShape | null> {
    await this.#paint();
    const window = await this.#window();
    if (window === null) return null;
    const seen = await this.#screen.look(iconIn(window));
    const [best] = [...this.#icons]
      .map(([shape, icon]) => ({ shape, difference: differenceOf(icon, seen) }))
      .sort((a, b) => a.difference - b.difference);
    return best !== undefined && best.difference < ALIKE_BELOW ? best.shape : null;
  }

  /** How many balloons were seen above the icons. */
  get balloonsSeen(): number {
    return this.#balloonsSeen;
  }

  /** Resolves when the icon has the shape. @returns how long that took, in milliseconds */
  async waitForShape(shape: TrayShape): Promise<number> {
    const begun = performance.now();
    await waitFor(`the tray shows ${shape}`, async () => (await this.#look()) === shape || null);
    return performance.now() - begun;
  }

  /** Clicks the icon, at its upper edge: a menu that opens there, in the screen's lower corner, leaves the icon in sight. */
  async click(button: 'left' | 'right' = 'left'): Promise<void> {
    await this.#paint();
    const { x, y, width } = iconIn(await waitFor('there is a tray', () => this.#window()));
    await this.#screen.click(x + width / 2, y + 1, button);
  }

  /**
   * Opens the icon's menu.
   * @param rows what it must have, from top to bottom; `SEPARATOR` for a line in between
   * @throws Error when the menu that opens has another height than these rows
   */
  async openMenu(rows: readonly string[]): Promise<TrayMenu> {
    return TrayMenu.open({ screen: this.#screen, putTipsAway: () => this.#ask('tips') }, rows, () => this.click('right'));
  }

  /** Opens the menu and chooses from it, as soon as it can be chosen. */
  async choose(rows: readonly string[], row: string): Promise<void> {
    await waitFor(`${row} can be chosen`, async () => {
      const menu = await this.openMenu(rows);
      if (await menu.canChoose(row)) return menu;
      await menu.close();
      return null;
    }).then((menu) => menu.click(row));
  }

  #paint(): Promise<void> {
    return this.#ask('paint');
  }

  async #ask(what: 'paint' | 'tips'): Promise<void> {
    const { balloons } = (await this.#painter.ask(what)) as { readonly balloons: number };
    this.#balloonsSeen += balloons;
  }

  async #window(): Promise<ScreenWindow | null> {
    return (await this.#screen.windows()).find(({ name }) => name === TRAY_WINDOW) ?? null;
  }
}

function iconIn({ x, y }: Area): Area {
  return { x: x + ICON.left, y: y + ICON.top, width: ICON.size, height: ICON.size };
}

/** Where a menu opens. */
interface MenuPlace {
  readonly screen: Screen;
  /** Tooltips and balloons of the icon may lie over its menu. */
  readonly putTipsAway: () => Promise<void>;
}

/** A menu that is open. */
export class TrayMenu {
  readonly #place: MenuPlace;
  readonly #rows: readonly string[];
  readonly area: ScreenWindow;

  private constructor(place: MenuPlace, rows: readonly string[], area: ScreenWindow) {
    this.#place = place;
    this.#rows = rows;
    this.area = area;
  }

  static async open(place: MenuPlace, rows: readonly string[], openIt: () => Promise<void>): Promise<TrayMenu> {
    const { screen } = place;
    const before = new Set((await screen.windows()).map(({ id }) => id));
    const height = rows.reduce((sum, row) => sum + heightOf(row), 2 * MENU_PADDING);
    const area = await actUntil(`a menu of ${height} pixels opens`, openIt, async () => {
      return (await screen.windows()).find((window) => !before.has(window.id) && window.height === height) ?? null;
    });
    await waitFor('the menu is painted', async () => ((await screen.look(area)).some((byte) => byte !== BLACK) ? true : null));
    return new TrayMenu(place, rows, area);
  }

  /** Opens the menu behind a row. */
  openSubmenu(row: string, rows: readonly string[]): Promise<TrayMenu> {
    return TrayMenu.open(this.#place, rows, () => this.#press(row));
  }

  /** Chooses a row, which closes the menu. */
  async click(row: string): Promise<void> {
    await actUntil(
      `${row} is chosen`,
      () => this.#press(row),
      () => this.#isClosed(),
    );
  }

  /** False where the row is grey. */
  async canChoose(row: string): Promise<boolean> {
    return (await this.#place.screen.look(this.#placeOf(row))).some((byte) => byte < DARK_BELOW);
  }

  #placeOf(row: string): Area {
    const index = this.#rows.indexOf(row);
    if (index < 0) throw new Error(`The menu has no row ${row}.`);
    const { x, y, width } = this.area;
    const top = this.#rows.slice(0, index).reduce((sum, one) => sum + heightOf(one), y + MENU_PADDING);
    return { x: x + MENU_PADDING, y: top, width: width - 2 * MENU_PADDING, height: ROW_HEIGHT };
  }

  /** Closes it without a choice: with Escape, or with a click beside it where another window has the keyboard. */
  async close(): Promise<void> {
    const { screen } = this.#place;
    const { x, y, width } = this.area;
    const ways = [() => screen.press('Escape'), () => screen.click(x + width + BESIDE, y + BESIDE)];
    let tries = 0;
    await actUntil(
      'the menu closes',
      () => ways[tries++ % ways.length]!(),
      () => this.#isClosed(),
    );
  }

  /** Clicks a row once the menu lights it under the mouse; a menu that did not see the mouse come sees it when it moves again. */
  async #press(row: string): Promise<void> {
    const { x, y, width, height } = this.#placeOf(row);
    const [centre, middle] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    const edge: Area = { x: x + 1, y: middle, width: 1, height: 1 };
    let nudge = 0;
    await waitFor(`${row} is lit`, async () => {
      nudge = 1 - nudge;
      await this.#place.putTipsAway();
      await this.#place.screen.moveMouse(centre + nudge, middle);
      return (await this.#place.screen.look(edge)).every((byte) => Math.abs(byte - LIT) <= 1) ? true : null;
    });
    await this.#place.screen.click(centre + nudge, middle);
  }

  async #isClosed(): Promise<true | null> {
    return (await this.#place.screen.windows()).every(({ id }) => id !== this.area.id) ? true : null;
  }
}

function heightOf(row: string): number {
  return row === SEPARATOR ? SEPARATOR_HEIGHT : ROW_HEIGHT;
}

async function drawShapes(): Promise<ReadonlyMap<TrayShape, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'lync-drain-icons-'));
  try {
    await drawIcons(folder);
    return new Map(await Promise.all(TRAY_SHAPES.map(async (shape) => [shape, await drawnOnWhite(folder, shape)] as const)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Wine's tray is white, so the icons are those for a light taskbar. */
async function drawnOnWhite(folder: string, shape: TrayShape): Promise<Buffer> {
  const smallest = `${join(folder, `tray-${shape}-light.ico`)}[0]`;
  const { stdout } = await runFile('convert', [smallest, '-background', 'white', '-flatten', '-depth', '8', 'rgb:-'], {
    encoding: 'buffer',
  });
  return stdout;
}

function differenceOf(one: Buffer, other: Buffer): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}
