import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type Axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LANGUAGES } from '../../electron/contract/app-snapshot.js';
import { openStage, type Stage } from './stage/open-stage.js';
import { STATES } from './states.js';

const PICTURES = fileURLToPath(new URL('../../release/test/pictures', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const MODES = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

let stage: Stage;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

/** Rules of WCAG 2.2 A and AA, and axe's best practices, that the page breaks: one line each, empty when there are none. */
async function findViolations(): Promise<readonly string[]> {
  // Through the debugger, not through the page: the content security policy stays as it is.
  await stage.page.evaluate(AXE);
  return stage.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Pick<typeof Axe, 'run'> };
    // Fluent's dialogs stand between hidden stops that hand the keyboard on; axe takes them for hidden controls.
    const { violations } = await axe.run({ exclude: ['[data-tabster-dummy]'] }, { iframes: false });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
  });
}

/** Texts that are wider than the box that cuts them off. */
async function findCutTexts(): Promise<readonly string[]> {
  return stage.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, clipPath } = getComputedStyle(element);
        const isHidden = clipPath !== 'none' || element.closest('svg, [aria-hidden="true"], .drain-curve') !== null;
        const isClipped = overflowX === 'hidden' || overflowX === 'clip';
        return !isHidden && isClipped && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `${element.className} ${element.textContent}`),
  );
}

describe.each(LANGUAGES)('the window in %s', (language) => {
  describe.each(MODES)('drawn $name', (mode) => {
    beforeAll(async () => {
      await stage.page.emulateMedia({ ...mode.media, reducedMotion: 'reduce' });
    });

    it.each(STATES)('$name is complete, and open to everybody', async (state) => {
      await stage.show(state, language);
      await stage.page.screenshot({ path: join(PICTURES, `${state.name}.${language}.${mode.name}.png`) });
      expect(await findViolations()).toEqual([]);
      expect(await findCutTexts()).toEqual([]);
      expect(await stage.page.evaluate(() => window.stage.refused)).toEqual([]);
      expect(stage.complaints).toEqual([]);
    });
  });
});
