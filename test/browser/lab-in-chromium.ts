import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LESSON_COUNT, lessonOf } from '../../src/experiments/lessons/all-lessons.ts';
import { launchBrowser } from '../support/browser.ts';
import { needs } from '../support/needs.ts';
import { runJson } from '../support/run-command.ts';

const chromium = needs('chromium');
const PAGE = new URL('../../dist/lab.html', import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NET = fileURLToPath(new URL('../fixtures/tiny-int8.tflite', import.meta.url));

let browser: Browser;
let page: Page;
let trouble: string[] = [];

/** Opens the one file with the network off; what it complains of or asks for is kept. */
async function open(rest = ''): Promise<void> {
  await page.goto(`${PAGE.href}${rest}`);
  await page.waitForSelector('html[data-ready=true]');
}

async function openNew(): Promise<Page> {
  const context = await browser.newContext({ offline: true });
  const fresh = await context.newPage();
  fresh.on('pageerror', ({ message }) => trouble.push(message));
  fresh.on('console', (line) => line.type() === 'error' && trouble.push(line.text()));
  fresh.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) trouble.push(request.url());
  });
  return fresh;
}

const times = () =>
  page
    .locator('.big')
    .evaluateAll((all) => all.map((one) => [Number(one.dataset.latencyMs), one.dataset.hash]));

async function predicted(...words: string[]): Promise<unknown[]> {
  const { predictions } = (await runJson('predict', ...words)) as {
    predictions: { latencyMs: { value: number }; traceHash: string }[];
  };
  return predictions.map(({ latencyMs, traceHash }) => [latencyMs.value, traceHash]);
}

const BOTH = ['--board', 'maixduino,openmv-h7-plus'];

describe.skipIf(chromium.missing)(`the Lab as one file${chromium.reason}`, () => {
  beforeAll(async () => void (browser = await launchBrowser()));
  afterAll(() => browser.close());
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
      const { guess, questions } = lessonOf(number);
      for (const question of [guess, ...questions]) {
        const { text } = question.choices.find(({ isRight }) => isRight)!;
        const group = page.getByRole('group', { name: question.prompt, exact: true });
        await group.getByRole('button', { name: text, exact: true }).click();
      }
    }
    await page.getByRole('button', { name: 'Count points' }).click();
    await expect.poll(() => page.locator('[data-points]').innerText()).toBe(`20 of 20 points`);
  });

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
    await page.goto(PAGE.href);
    await page.getByRole('button', { name: 'Restart' }).click();
    await page.keyboard.press(']');
    await expect.poll(times).toEqual(await predicted('paper:6', ...BOTH));
  });

  it('has no violation that axe finds, in any tab, in either colour scheme', async () => {
    await open();
    await page.evaluate(AXE);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        const found = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as {
            axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          const { violations } = await axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
        });
        expect(found).toEqual([]);
      }
    }
  });
});
