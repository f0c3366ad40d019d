// npm run shots: pictures of the built Lab in docs/shots/, in the Chromium of the system. Look at each of them.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { LESSON_COUNT } from '../src/experiments/lessons/all-lessons.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { answerLesson } from '../test/support/lab-browser.ts';
import { fewColours } from './few-colours.ts';

const PAGE = new URL('../dist/lab.html', import.meta.url);
const FOLDER = fileURLToPath(new URL('../docs/shots/', import.meta.url));

/** A picture to take: how the page is opened, and what is done in it first. */
interface Shot {
  readonly name: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly query?: string;
  /** Element that is taken; else the whole page. */
  readonly only?: string;
  /** Take what the window shows, and not the whole of the page. */
  readonly isWindow?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

const answering = (number: number) => (page: Page) => answerLesson(page, number);
const press = (selector: string) => (page: Page) => page.locator(selector).first().click();

async function showDigit(page: Page): Promise<void> {
  const example = page.getByRole('button', { name: 'Example', exact: true });
  for (const digit of ['0', '1', '2']) {
    await example.click();
    await page.waitForFunction(
      (text) => document.querySelector('.winner-name')?.textContent?.trim() === text,
      digit,
    );
  }
}

/** Moves the cursor of time over so many events. */
async function moveCursor(page: Page, events: number): Promise<void> {
  await page.locator('.scrubber').focus();
  for (let times = 0; times < events; times++) await page.keyboard.press('ArrowRight');
  await page.locator('.tensor canvas').first().waitFor();
}

/** Draws a guess straight across the room for it, a third below its top. */
async function drawGuess(page: Page): Promise<void> {
  const { x, y, width, height } = (await page.locator('.guess-room').boundingBox())!;
  await page.mouse.move(x + width / 5, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width, y + height / 3, { steps: 8 });
  await page.mouse.up();
}

const TABS = ['layers', 'memory', 'roofline', 'kernels', 'boards', 'firmware', 'constants'];

const SHOTS: readonly Shot[] = [
  { name: 'first-screen-1280', isWindow: true },
  { name: 'whole-1280-light' },
  { name: 'whole-1280-dark', scheme: 'dark' },
  { name: 'whole-390-light', width: 390, height: 844 },
  { name: 'whole-390-dark', width: 390, height: 844, scheme: 'dark' },
  { name: 'first-screen-390', width: 390, height: 844, isWindow: true },
  {
    ...{ name: 'projector-1920', width: 1920, height: 1080, query: '?lesson=3', isWindow: true },
    act: async (page) => {
      for (let times = 0; times < 2; times++) await page.getByRole('button', { name: 'A+' }).click();
    },
  },
  { name: 'accelerator', only: '.when', act: press('.when header button') },
  {
    ...{ name: 'digit', only: '.computes' },
    act: async (page) => {
      await showDigit(page);
      await moveCursor(page, 8);
    },
  },
  { name: 'keyword-spotting-1280', act: press('.chips button:nth-of-type(2)') },
  { name: 'guess-drawn', only: '.what-if', query: '?lesson=3', act: drawGuess },
  {
    ...{ name: 'guess-revealed', only: '.what-if', query: '?lesson=3', scheme: 'dark' },
    act: async (page) => {
      await drawGuess(page);
      await press('.guess-controls button')(page);
    },
  },
  ...TABS.map((id) => ({ name: `tab-${id}`, only: '.tabs', act: press(`#tab-${id}`) })),
  ...Array.from({ length: LESSON_COUNT }, (_, at) => ({
    ...{ name: `lesson-${`${at + 1}`.padStart(2, '0')}`, query: `?lesson=${at + 1}` },
    ...{ height: 1320, isWindow: true, act: answering(at + 1) },
  })),
];

/** A window in which nothing has to scroll, and as much of an element as is shown. */
const [TALL, MOST] = [3000, 1000];

async function clipOf(page: Page, only: string) {
  const { x, y, width, height } = (await page.locator(only).boundingBox())!;
  return { x, y, width, height: Math.min(MOST, height) };
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
  });
  await page.waitForTimeout(400);
}

async function take(browser: Browser, shot: Shot): Promise<void> {
  const {
    name,
    width = 1280,
    height = shot.only ? TALL : 800,
    scheme = 'light',
    query = '',
    only,
    isWindow = false,
    act,
  } = shot;
  const context = await browser.newContext({
    ...{ viewport: { width, height }, offline: true, colorScheme: scheme, reducedMotion: 'reduce' },
  });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => process.stderr.write(`${name}: ${message}\n`));
  await page.goto(`${PAGE.href}${query}`);
  await page.waitForSelector('html[data-ready=true]');
  await act?.(page);
  await page.mouse.move(0, 0);
  await settle(page);
  const how = { animations: 'disabled', caret: 'hide' } as const;
  // What stays in the window's place would stand in the middle of a whole page.
  if (!isWindow) await page.addStyleTag({ content: '.controls, .numbers { position: static !important }' });
  await page.evaluate(() => scrollTo(0, 0));
  const part = only ? { clip: await clipOf(page, only) } : { fullPage: !isWindow };
  const png = await page.screenshot({ ...how, ...part });
  writeFileSync(`${FOLDER}${name}.png`, fewColours(png));
  await context.close();
}

const wanted = process.argv.slice(2);
const shots = SHOTS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
mkdirSync(FOLDER, { recursive: true });
if (wanted.length === 0) for (const name of readdirSync(FOLDER)) rmSync(`${FOLDER}${name}`);
const browser = await launchBrowser();
try {
  for (const shot of shots) await take(browser, shot);
} finally {
  await browser.close();
}
const bytes = readdirSync(FOLDER).map((name) => statSync(`${FOLDER}${name}`).size);
const total = bytes.reduce((sum, one) => sum + one, 0);
process.stdout.write(`${bytes.length} pictures in docs/shots/, ${total} bytes\n`);
