// The Lab in the Chromium of the system, as one file from file:// with the network off: what a reader waits for.
import { existsSync } from 'node:fs';
import { launchBrowser } from '../test/support/browser.ts';
import { labPlace, openLab, quietPage } from '../test/support/lab-browser.ts';
import { judge, medianOf, printTable, type Bar } from './harness.ts';
import { addStopwatch, dropMs, firstAnswerMs, helloMs, mobileNetFile, sliderMs } from './lab-page.ts';

const ROUNDS = 7;
const MOVES = 40;
const LOAD_KILOBYTES = 250;

if (!existsSync(new URL('../dist/lab.html', import.meta.url)))
  throw new Error('dist/lab.html is missing; run npm run build first');

const browser = await launchBrowser();
const trouble: string[] = [];

/** ms by what was waited for, in a page of its own. */
async function measurePage(model: Uint8Array): Promise<Record<string, number[]>> {
  const place = await labPlace('file');
  const page = await quietPage(browser, place, trouble);
  await addStopwatch(page);
  const first = await firstAnswerMs(page, place.address);
  const slider = await sliderMs(page, MOVES);
  const drop = await dropMs(page, 'mobilenet.tflite', model);
  const hello = await helloMs(page);
  await page.context().close();
  return { first: [first], slider, two: [drop.two], all: [drop.all], hello: [hello] };
}

/** kB, compressed, that a static host sends until the first answer: weights and firmware are asked for later. */
async function firstLoadKilobytes(): Promise<number> {
  const place = await labPlace('http');
  const page = await quietPage(browser, place, trouble);
  await openLab(page, place);
  const bytes = [...place.sent.values()].reduce((sum, one) => sum + one, 0);
  await page.context().close();
  place.close();
  return bytes / 1000;
}

const CASES = [
  { key: 'first', name: 'opened to the first answer', barMs: 1000 },
  { key: 'slider', name: 'slider to painted page', barMs: 50 },
  { key: 'two', name: 'drop of 333 kB to two boards', barMs: 300 },
  { key: 'all', name: 'drop of 333 kB to all boards', barMs: 2000 },
  { key: 'hello', name: 'Run to hello', barMs: 2000 },
];

const model = mobileNetFile();
const found = CASES.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  const ms = await measurePage(model);
  CASES.forEach(({ key }, at) => found[at]!.push(...ms[key]!));
}
const loadKilobytes = await firstLoadKilobytes();
await browser.close();
if (trouble.length > 0) throw new Error(`the page complained: ${trouble.join('; ')}`);

printTable(
  ['waited for', 'median ms', 'fastest ms', 'slowest ms'],
  CASES.map(({ name }, at) => {
    const all = found[at]!;
    return [name, ...[medianOf(all), Math.min(...all), Math.max(...all)].map((ms) => ms.toFixed(0))];
  }),
);
judge([
  ...CASES.map(({ name, barMs }, at): Bar => ({
    name,
    value: medianOf(found[at]!),
    bar: barMs,
    atMost: true,
    unit: ' ms',
  })),
  { name: 'first load', value: loadKilobytes, bar: LOAD_KILOBYTES, atMost: true, unit: ' kB gz' },
]);
