import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { act, createElement, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

import type { AppSnapshot } from '../../../electron/contract/app-snapshot.js';
import { createClient } from '../../../electron/contract/ipc-client.js';
import { WindowContextProvider } from '../../../renderer/store/window-context.js';
import { textsIn } from '../fakes/texts-in.js';
import { createWindowDouble, type Script, type WindowDouble } from '../fakes/window-double.js';

/** One part of the window, drawn alone. */
export interface DrawnPart {
  readonly double: WindowDouble;
  /** Everything that a person reads, dialogs included. */
  readonly text: () => string;
  /** Elements of a role with this name in them, as a person finds them. */
  readonly buttons: () => readonly string[];
  readonly button: (name: string | RegExp) => HTMLButtonElement;
  readonly checkbox: (label: string | RegExp) => HTMLInputElement;
  readonly press: (element: HTMLElement) => Promise<void>;
  /** As by keyboard: the whole text of a field. */
  readonly type: (field: HTMLInputElement | HTMLTextAreaElement, text: string) => Promise<void>;
  readonly find: (selector: string) => HTMLElement | null;
  /** Draws the same part with another snapshot. */
  readonly redraw: (snapshot: AppSnapshot) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Draws a part with a snapshot; what it orders goes to a double of the main process. */
export async function drawPart(part: ReactElement, snapshot: AppSnapshot, answers: Script['answers'] = {}): Promise<DrawnPart> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const double = createWindowDouble({ snapshot, answers });
  const client = createClient(double.bridge);
  const element = document.createElement('div');
  document.body.append(element);
  const root = createRoot(element);
  const draw = (now: AppSnapshot): Promise<void> => {
    const value = { client, snapshot: now, texts: textsIn(now.language), colours: 'light' } as const;
    const inWindow = createElement(WindowContextProvider, { value, children: part });
    return act(async () => root.render(createElement(FluentProvider, { theme: webLightTheme }, inWindow)));
  };
  await draw(snapshot);
  return {
    double,
    text: () => document.body.textContent,
    buttons: () => all('button').map(nameOf),
    button: (name) => one(all('button'), name) as HTMLButtonElement,
    checkbox: (label) => one(all('input[type=checkbox]'), label) as HTMLInputElement,
    press: (pressed) => act(async () => pressed.click()),
    type: (field, text) => act(async () => setText(field, text)),
    find: (selector) => document.body.querySelector(selector),
    redraw: draw,
    remove: async () => {
      await act(async () => root.unmount());
      element.remove();
    },
  };
}

/** True if it cannot be used; Fluent keeps such a button focusable, so that its reason can be read. */
export function isDisabled(element: HTMLButtonElement): boolean {
  return element.disabled || element.getAttribute('aria-disabled') === 'true';
}

function all(selector: string): readonly HTMLElement[] {
  return [...document.body.querySelectorAll<HTMLElement>(selector)];
}

function nameOf(element: HTMLElement): string {
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map(({ textContent }) => textContent) : [];
  return (element.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : element.textContent)).trim();
}

function one(elements: readonly HTMLElement[], name: string | RegExp): HTMLElement {
  const found = elements.filter((element) => (typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element))));
  if (found.length !== 1) throw new Error(`${found.length} of ${JSON.stringify(elements.map(nameOf))} are named ${String(name)}`);
  return found[0]!;
}

/** React notes the value that it wrote; the setter of the prototype changes it as a keyboard does. */
function setText(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
