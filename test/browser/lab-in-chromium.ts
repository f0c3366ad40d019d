import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LESSON_COUNT } from '../../src/experiments/lessons/all-lessons.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  answerLesson,
  axeViolations,
  BOTH_BOARDS as BOTH,
  labPlace,
  openLab,
  predictedTimes as predicted,
  quietPage,
  shownTimes,
  type LabPlace,
} from '../support/lab-browser.ts';
import { needs } from '../support/needs.ts';

const chromium = needs('chromium');
const NET = fileURLToPath(new URL('../fixtures/tiny-int8.tflite', import.meta.url));

let browser: Browser;
let page: Page;
let trouble: string[] = [];

let place: LabPlace;

const openNew = () => quietPage(browser, place, trouble);
const open = (rest = '') => openLab(page, place, rest);
const times = () => shownTimes(page);

describe.skipIf(chromium.missing).each(['file', 'http'] as const)(
  `the Lab over %s${chromium.reason}`,
  (kind) => {
    beforeAll(async () => {
      [browser, place] = await Promise.all([launchBrowser(), labPlace(kind)]);
    });
    afterAll(async () => {
      await browser.close();
      place.close();
    });
    beforeEach(async () => {
      trouble = [];
      page = await openNew();
    });
    afterEach(async () => {
      await page.context().close();
      expect(trouble).toEqual([]);
    });

    it('shows the times and trace hashes of predict, to the last digit, also after a move and back', async () => {
      await open();
      expect(await times()).toEqual(await predicted('paper:5', ...BOTH));
      await page.keyboard.press(']');
      await expect.poll(times).toEqual(await predicted('paper:6', ...BOTH));
      await page.keyboard.press('Control+z');
      await expect.poll(times).toEqual(await predicted('paper:5', ...BOTH));
    });

    it.runIf(kind === 'http')('loads at most 250 kB, compressed, until its first answer', async () => {
      const fresh = await labPlace('http');
      const first = await quietPage(browser, fresh, trouble);
      await openLab(first, fresh);
      const bytes = [...fresh.sent.values()].reduce((sum, one) => sum + one, 0);
      await first.context().close();
      fresh.close();
      expect([...fresh.sent.keys()]).toContain('predict-worker.js');
      expect(bytes).toBeLessThan(250_000);
    });

    it('a link restores the experiment to the same hashes; a damaged and an overlong one say so', async () => {
      await open();
      await page.keyboard.press(']');
      const expected = await predicted('paper:6', ...BOTH);
      await expect.poll(times).toEqual(expected);
      await page.getByRole('button', { name: 'Copy link' }).click();
      const [fragment] = /#s=[\w-]+/.exec(await page.locator('.banner').innerText())!;
      await page.context().close();
      page = await openNew();
      await open(fragment);
      expect(await times()).toEqual(expected);
      expect(await page.locator('.banner').count()).toBe(0);
      await page.context().close();
      for (const [rest, says] of [
        ['#s=abcdef', 'damaged'],
        [`#s=${'A'.repeat(9000)}`, 'longer than'],
      ] as const) {
        page = await openNew();
        await open(rest);
        expect(await page.locator('.banner').innerText()).toContain(says);
        expect(await times()).toEqual(await predicted('paper:5', ...BOTH));
        if (says === 'damaged') await page.context().close();
      }
    });

    it('a dropped .tflite is timed as predict times it, and a broken file gives a message', async () => {
      await open();
      await page.locator('.toolbar input[type=file]').setInputFiles(NET);
      // Its converter refuses int8, so one board has a time.
      const timed = async () => (await times()).filter(([ms]) => !Number.isNaN(ms));
      await expect.poll(timed).toEqual(await predicted(NET, ...BOTH));
      const broken = { name: 'broken.tflite', mimeType: '', buffer: Buffer.from('no model at all') };
      await page.locator('.toolbar input[type=file]').setInputFiles(broken);
      await expect.poll(() => page.locator('.banner').innerText()).toContain('broken.tflite: is not a model');
      expect(await timed()).toEqual(await predicted(NET, ...BOTH));
    });

    it('names example digits in all three forms', async () => {
      await open();
      for (const digit of ['0', '1']) {
        await page.getByRole('button', { name: 'Example' }).click();
        await expect.poll(() => page.locator('.winner-name').allInnerTexts()).toEqual([digit, digit, digit]);
      }
    });

    it('runs every lesson from guess to points', async () => {
      await open('?lesson=1');
      for (let number = 1; number <= LESSON_COUNT; number++) {
        if (number > 1) await page.getByRole('button', { name: `Lesson ${number}`, exact: true }).click();
        await answerLesson(page, number);
      }
      await page.getByRole('button', { name: 'Count points' }).click();
      await expect.poll(() => page.locator('[data-points]').innerText()).toBe(`20 of 20 points`);
    });

    it.runIf(kind === 'file')(
      'says that the simulation stopped when its worker does not start, and restarts it',
      async () => {
        await page.addInitScript(() => {
          const Real = Worker;
          let count = 0;
          Object.assign(globalThis, {
            Worker: function (url: string) {
              const worker = new Real(url);
              if (count++ === 0) worker.terminate();
              return worker;
            },
          });
        });
        await page.goto(place.address);
        await page.getByRole('button', { name: 'Restart' }).click();
        await page.keyboard.press(']');
        await expect.poll(times).toEqual(await predicted('paper:6', ...BOTH));
      },
    );

    it.runIf(kind === 'file')(
      'has no violation that axe finds, in any tab, in either colour scheme',
      async () => {
        await open();
        for (const scheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: scheme });
          for (const tab of await page.getByRole('tab').all()) {
            await tab.click();
            expect(await axeViolations(page)).toEqual([]);
          }
        }
      },
    );
  },
);
