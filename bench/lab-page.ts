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
 * The functions below run in the page. Each measures from what the reader does to the frame that shows what came of it.
 */

/** ms of each move of the slider, to and fro, until its answer has been painted. */
export function sliderMs(page: Page, moves: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('input[aria-label=Filters]')!;
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    const hashes = () =>
      [...document.querySelectorAll<HTMLElement>('.big')].map(({ dataset }) => dataset.hash).join();
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const took: number[] = [];
    for (let move = 0; move < count; move++) {
      const before = hashes();
      const begin = performance.now();
      setValue.call(slider, String(4 + (move % 7)));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      while (hashes() === before) await new Promise((done) => requestAnimationFrame(done));
      await painted();
      took.push(performance.now() - begin);
    }
    return took;
  }, moves);
}
