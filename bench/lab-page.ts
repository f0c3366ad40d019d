import type { Page } from 'playwright-core';
import { calibrateWith } from '../src/kernels/execute/calibration.ts';
import { quantizeGraph } from '../src/files/int8-graph.ts';
import { buildGraph } from '../src/files/spec-graphs.ts';
import { writeTflite } from '../src/files/tflite.ts';
import { withDrawnWeights } from '../src/models/specs/synthetic-weights.ts';

/** A MobileNet of 96 x 96 grey pixels and a quarter of the channels, with drawn weights, in int8: 333 kB. */
export function mobileNetFile(): Uint8Array {
  const blocks = [16, '32/2', 32, '64/2', 64, '128/2', 128, 128, 128, 128, 128, '256/2', 256].map((block) => {
    const [channels, stride = '1'] = String(block).split('/');
    return `depthwise 3x3 stride=${stride} same relu6 | conv ${channels} 1x1 same relu6`;
  });
  const layers = ['conv 8 3x3 stride=2 same relu6', ...blocks, 'globalavgpool', 'dense 147', 'softmax'];
  const graph = withDrawnWeights(
    buildGraph({ name: 'mobilenet', input: [96, 96, 1], layers: layers.join(' | ') }),
  );
  const ramp = Float32Array.from({ length: 96 * 96 }, (_, at) => (at % 97) / 96);
  return writeTflite(quantizeGraph(graph, calibrateWith(graph, [[ramp]])));
}

/*
 * Each of these measures in the page, from what the reader does to the frame that shows what came of it.
 */

/** Puts what the others need into pages of the context: the frame after a condition holds, as ms of the page's clock. */
export async function addStopwatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const paintedMs = async (isThere: () => boolean) => {
      while (!isThere()) await frame();
      await frame();
      await new Promise((done) => setTimeout(done));
      return performance.now();
    };
    const hashes = () =>
      [...document.querySelectorAll<HTMLElement>('.big')].map(({ dataset }) => dataset.hash).join();
    Object.assign(globalThis, { stopwatch: { paintedMs, hashes } });
  });
}

interface Stopwatch {
  paintedMs(isThere: () => boolean): Promise<number>;
  hashes(): string;
}
declare const stopwatch: Stopwatch;

/** ms from the navigation to the first answer. */
export async function firstAnswerMs(page: Page, address: string): Promise<number> {
  await page.goto(address);
  return page.evaluate(() => stopwatch.paintedMs(() => document.documentElement.dataset.ready === 'true'));
}

/** ms of each move of the slider, to and fro. */
export function sliderMs(page: Page, moves: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('input[aria-label=Filters]')!;
    const took: number[] = [];
    for (let move = 0; move < count; move++) {
      const before = stopwatch.hashes();
      const begin = performance.now();
      slider.value = String(6 + (move % 7));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      took.push((await stopwatch.paintedMs(() => stopwatch.hashes() !== before)) - begin);
    }
    return took;
  }, moves);
}

/** ms from the drop of a file to the answers of the two boards that are shown, and to those of all boards. */
export async function dropMs(
  page: Page,
  name: string,
  bytes: Uint8Array,
): Promise<{ two: number; all: number }> {
  const base64 = Buffer.from(bytes).toString('base64');
  return page.evaluate(
    async ({ fileName, text }) => {
      const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      const before = stopwatch.hashes();
      // A reader holds the file over the page for a moment.
      window.dispatchEvent(new DragEvent('dragenter', { dataTransfer, cancelable: true }));
      await new Promise((done) => setTimeout(done, 500));
      const begin = performance.now();
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      const boards = document.querySelectorAll('.board-choice option').length / 2;
      const answered = () => document.querySelector<HTMLElement>('[data-count]')?.dataset.count;
      const [two, all] = await Promise.all([
        stopwatch.paintedMs(() => stopwatch.hashes() !== before),
        stopwatch.paintedMs(() => answered() === String(boards)),
      ]);
      return { two: two - begin, all: all - begin };
    },
    { fileName: name, text: base64 },
  );
}

/** ms from the press on Run to what hello.py prints, the first script of the page. */
export async function helloMs(page: Page): Promise<number> {
  await page.getByRole('tab', { name: 'Firmware' }).click();
  await page.locator('.bench-controls button:not([disabled])').first().waitFor();
  await page.getByRole('combobox', { name: 'Example script' }).selectOption({ label: 'hello.py' });
  return page.evaluate(async () => {
    const run = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Run')!;
    const begin = performance.now();
    run.click();
    const printed = () => document.querySelector('.run-output pre')?.textContent;
    return (await stopwatch.paintedMs(() => printed() === 'hello\n')) - begin;
  });
}
