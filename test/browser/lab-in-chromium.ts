import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { LESSON_COUNT } from '../../src/experiments/lessons/all-lessons.ts';
import {
  answerLesson,
  axeViolations,
  BOTH_BOARDS as BOTH,
  labPlace,
  openLab,
  predictedTimes as predicted,
  quietPage,
  shownTimes,
} from '../support/lab-browser.ts';
import { describeLab } from '../support/lab-tests.ts';

const NET = fileURLToPath(new URL('../fixtures/tiny-int8.tflite', import.meta.url));

let page: Page;

const times = () => shownTimes(page);

describeLab('the Lab', (lab, kind) => {
  const openNew = () => quietPage(lab.browser, lab.place, lab.trouble);
  const open = (rest = '') => openLab(page, lab.place, rest);

  beforeEach(() => {
    page = lab.page;
  });

  it('shows the times and trace hashes of predict, to the last digit, also after a move and back', async () => {
    await open();
    expect(await times()).toEqual(await predicted('paper:5', ...BOTH));
    await page.keyboard.press(']');
    await expect.poll(times).toEqual(await predicted('paper:6', ...BOTH));
    await page.keyboard.press('Control+z');
    await expect.poll(times).toEqual(await predicted('paper:5', ...BOTH));
  });

  if (kind === 'http')
    it('loads at most 250 kB, compressed, until its first answer', async () => {
      const fresh = await labPlace('http');
      const first = await quietPage(lab.browser, fresh, lab.trouble);
      await openLab(first, fresh);
      const bytes = [...fresh.sent.values()].reduce((sum, one) => sum + one, 0);
      await first.context().close();
      fresh.close();
      expect([...fresh.sent.keys()]).toContain('predict-worker.js');
      expect(bytes).toBeLessThan(250_000);
    });

  it('a link restores the experiment to the same hashes', async () => {
    await open();
    await page.keyboard.press(']');
    const expected = await predicted('paper:6', ...BOTH);
    await expect.poll(times).toEqual(expected);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const [fragment] = /#s=[\w-]+/.exec(await page.locator('.banner').innerText())!;
    await page.context().close();
    page = lab.page = await openNew();
    await open(fragment);
    expect(await times()).toEqual(expected);
    expect(await page.locator('.banner').count()).toBe(0);
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

  if (kind === 'file')
    it('takes a drawn curve for a guess, by pointer and by keys, and shows the gap', async () => {
      await open('?lesson=3');
      const dots = () => page.locator('.what-if .measured').count();
      expect(await dots()).toBe(10);
      const room = (await page.locator('.guess-room').boundingBox())!;
      await page.mouse.move(room.x + room.width / 5, room.y + room.height / 2);
      await page.mouse.down();
      await page.mouse.move(room.x + room.width, room.y + room.height / 2, { steps: 8 });
      await page.mouse.up();
      await page.getByLabel('My guess for 6 filters').press('Home');
      await page.getByRole('button', { name: 'Reveal' }).click();
      await expect.poll(dots).toBe(20);
      expect(await page.locator('.lesson .reveal').innerText()).toMatch(
        /^You drew 0 \u00b5s for 6 filters\. 0\.952 ms/,
      );
      expect(await page.locator('.gap-text').innerText()).toMatch(
        /farthest away at \d+ filters: you drew [\d.]+ ms, it is [\d.]+ ms/,
      );
      expect(await page.locator('.what-if .gap').count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);
    });

  if (kind === 'file')
    it('says that the simulation stopped when its worker does not start, and restarts it', async () => {
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
      await page.goto(lab.place.address);
      await page.getByRole('button', { name: 'Restart' }).click();
      await page.keyboard.press(']');
      await expect.poll(times).toEqual(await predicted('paper:6', ...BOTH));
    });

  if (kind === 'file')
    it('has no violation that axe finds, in any tab, in either colour scheme', async () => {
      await open();
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        for (const tab of await page.getByRole('tab').all()) {
          await tab.click();
          expect(await axeViolations(page)).toEqual([]);
        }
      }
    });
});
