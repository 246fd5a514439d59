import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type Axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LANGUAGES } from '../../electron/contract/settings.js';
import { openStage, type Stage } from '../harness/renderer/stage/open-stage.js';
import { STATES } from '../harness/renderer/states.js';

/** Every state in every theme, for inspection; replaced each time. */
const PICTURES = fileURLToPath(new URL('../../release/pictures', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a state is looked at, and which of axe's rules can differ from the look before. */
const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, zoom: 1, axe: 'all' },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, zoom: 1, axe: 'colours' },
  { name: 'forced', media: { colorScheme: 'dark', forcedColors: 'active' }, zoom: 1, axe: 'none' },
  { name: '200', media: { colorScheme: 'light', forcedColors: 'none' }, zoom: 2, axe: 'none' },
] as const;

let stage: Stage;

beforeAll(async () => {
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

/** Another look at the same state; done when nothing fades any more. */
async function show({ media, zoom }: (typeof LOOKS)[number]): Promise<void> {
  await stage.page.emulateMedia({ ...media, reducedMotion: 'reduce' });
  await stage.zoomTo(zoom);
  const isDark = media.colorScheme === 'dark';
  await stage.page.waitForFunction((wanted) => {
    const theme = getComputedStyle(document.querySelector('.fui-FluentProvider') ?? document.body);
    return (theme.getPropertyValue('--colorNeutralBackground1').trim() !== '#ffffff') === wanted;
  }, isDark);
  await stage.page.evaluate(async () => {
    const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    await nextFrame();
    await nextFrame();
  });
}

/** Rules of WCAG 2.2 A and AA, and axe's best practices, that the page breaks: one line each, empty when there are none. */
async function findViolations(rules: 'all' | 'colours'): Promise<readonly string[]> {
  // Through the debugger, not through the page: the content security policy stays as it is.
  await stage.page.evaluate(AXE);
  return stage.page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: Pick<typeof Axe, 'run'> };
    // Fluent's dialogs stand between hidden stops that hand the keyboard on; axe takes them for hidden controls.
    const { violations } = await axe.run(
      { exclude: ['[data-tabster-dummy]'] },
      { iframes: false, ...(only === 'colours' ? { runOnly: ['color-contrast'] } : {}) },
    );
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
  }, rules);
}

/** Texts that are wider than the box that cuts them off, and parts of the page that would have to be scrolled sideways. */
async function findCutTexts(): Promise<readonly string[]> {
  return stage.page.evaluate(() => {
    const isWider = (element: Element): boolean => element.scrollWidth > element.clientWidth + 1;
    const isClippedAway = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).clipPath !== 'none' || isClippedAway(element.parentElement));
    const isSeen = (element: Element): boolean =>
      !isClippedAway(element) && element.closest('svg, [aria-hidden="true"], .drain-curve') === null;
    const cuts = (element: Element): boolean => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX);
    const hasWords = (element: Element): boolean =>
      [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim() !== '');
    const isInline = (element: Element): boolean => element.clientWidth === 0;
    const parts = [...document.querySelectorAll('html, .window, .step-scroll, .page')];
    const worded = [...document.querySelectorAll('body *')].filter(
      (element) => isSeen(element) && (cuts(element) || hasWords(element)) && !isInline(element),
    );
    return [...worded, ...parts].filter(isWider).map((element) => `${element.className} ${element.textContent}`);
  });
}

/** What can be pressed and is drawn as the one next thing to do, in front of everything else that is open. */
async function findPrimaryButtons(): Promise<readonly string[]> {
  return stage.page.evaluate(() => {
    const front = document.querySelector('[aria-modal="true"]') ?? document;
    const brand = getComputedStyle(document.querySelector('.fui-FluentProvider') ?? document.body).getPropertyValue(
      '--colorBrandBackground',
    );
    const asDrawn = document.createElement('canvas').getContext('2d');
    if (asDrawn === null) throw new Error('no canvas');
    asDrawn.fillStyle = brand.trim();
    asDrawn.fillRect(0, 0, 1, 1);
    const [red, green, blue] = asDrawn.getImageData(0, 0, 1, 1).data;
    return [...front.querySelectorAll('button')]
      .filter((button) => getComputedStyle(button).backgroundColor === `rgb(${red}, ${green}, ${blue})`)
      .map((button) => button.innerText);
  });
}

describe.each(LANGUAGES)('the window in %s', (language) => {
  it.each(STATES)('$name is complete, and open to everybody', async (state) => {
    await stage.page.emulateMedia({ ...LOOKS[0].media, reducedMotion: 'reduce' });
    await stage.zoomTo(1);
    await stage.show(state, language);
    expect((await findPrimaryButtons()).length).toBeLessThanOrEqual(1);
    // A place that was not filled.
    expect(await stage.page.locator('body').innerText()).not.toMatch(/\{\w+[,}]/);
    for (const look of LOOKS) {
      await show(look);
      await writeFile(join(PICTURES, `${state.name}.${language}.${look.name}.png`), await stage.picture());
      // Colours are the same in every language.
      if (look.axe === 'all' || (look.axe === 'colours' && language === 'en')) {
        expect(await findViolations(look.axe), look.name).toEqual([]);
      }
      expect(await findCutTexts(), look.name).toEqual([]);
    }
    expect(await stage.page.evaluate(() => window.stage.refused)).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});
