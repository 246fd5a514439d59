import { join } from 'node:path';

import { Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';

import type { TrayAction, TrayMenuItem, TrayShape, TrayText, TrayView } from '../../core/maintenance/tray-view.js';

/** What the icon is drawn with. */
export interface TrayIconParts {
  readonly iconFolder: string;
  /** Windows reads all sizes from one .ico; others take .png. */
  readonly extension: '.ico' | '.png';
  /** True where light icons stand out. Asked again when the system's theme changes. */
  readonly isTaskbarDark: () => boolean;
  readonly format: (text: TrayText) => string;
  readonly act: (action: TrayAction) => void;
}

/** The icon near the clock. It only draws what it is given, and only where that differs from what it shows. */
export class TrayIcon {
  readonly #parts: TrayIconParts;
  readonly #images = new Map<string, NativeImage>();
  #tray: Tray;
  #view: TrayView;
  #isDark: boolean;
  #shown = { image: '', tooltip: '', menu: '' };

  constructor(parts: TrayIconParts, view: TrayView) {
    this.#parts = parts;
    this.#view = view;
    this.#isDark = parts.isTaskbarDark();
    this.#tray = this.#create();
    nativeTheme.on('updated', () => {
      this.#isDark = parts.isTaskbarDark();
      this.draw(this.#view);
    });
  }

  draw(view: TrayView): void {
    this.#view = view;
    this.#setImage(this.#imageName(view.shape));
    this.#setTooltip(this.#parts.format(view.tooltip));
    this.#setMenu(view.menu);
  }

  /** Puts the icon back where Explorer has lost it. */
  restore(): void {
    this.#tray.destroy();
    this.#shown = { image: '', tooltip: '', menu: '' };
    this.#tray = this.#create();
  }

  /** A balloon at the icon; only Windows has them. */
  balloon(title: string, content: string): void {
    this.#tray.displayBalloon({ title, content, iconType: 'custom', icon: this.#image(this.#imageName(this.#view.shape)) });
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #create(): Tray {
    const tray = new Tray(this.#image(this.#imageName(this.#view.shape)));
    tray.on('click', () => this.#parts.act({ kind: 'open' }));
    tray.on('balloon-click', () => this.#parts.act({ kind: 'open' }));
    this.#tray = tray;
    this.draw(this.#view);
    return tray;
  }

  #imageName(shape: TrayShape): string {
    return `tray-${shape}-${this.#isDark ? 'dark' : 'light'}${this.#parts.extension}`;
  }

  #image(name: string): NativeImage {
    const image = this.#images.get(name) ?? nativeImage.createFromPath(join(this.#parts.iconFolder, name));
    this.#images.set(name, image);
    return image;
  }

  #setImage(name: string): void {
    if (name === this.#shown.image) return;
    this.#shown.image = name;
    this.#tray.setImage(this.#image(name));
  }

  #setTooltip(tooltip: string): void {
    if (tooltip === this.#shown.tooltip) return;
    this.#shown.tooltip = tooltip;
    this.#tray.setToolTip(tooltip);
  }

  /** Told apart by what it says: a menu that is open must not be replaced every second. */
  #setMenu(items: readonly TrayMenuItem[]): void {
    const template = items.map((item) => this.#toElectron(item));
    const menu = JSON.stringify(template);
    if (menu === this.#shown.menu) return;
    this.#shown.menu = menu;
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  #toElectron(item: TrayMenuItem): MenuItemConstructorOptions {
    const { format, act } = this.#parts;
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'heading':
        return { label: format(item.text), enabled: false };
      case 'submenu':
        return { label: format(item.text), enabled: item.isEnabled, submenu: item.items.map((one) => this.#toElectron(one)) };
      case 'action':
        return { label: format(item.text), enabled: item.isEnabled, click: () => act(item.action) };
    }
  }
}
