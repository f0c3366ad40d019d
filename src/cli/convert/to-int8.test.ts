import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { createExecutor } from '../../kernels/execute/executor.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { readTflite } from '../../files/tflite.ts';
import { loadTrainedPaperCnn } from '../../training/paper/trained-paper.ts';
import { convertToInt8 } from './to-int8.ts';
import { evaluateOnDataset } from '../datasets/evaluation.ts';

/** A folder of grey ramps of 14x14, the largest pixel white. */
function folderOfRamps(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-'));
  for (const step of [1, 3, 7]) {
    const pixels = Uint8Array.from({ length: 196 }, (_, at) => (at * step) % 256);
    pixels[0] = 255;
    writeFileSync(join(folder, `${step}.pgm`), Buffer.concat([Buffer.from('P5 14 14 255\n'), pixels]));
  }
  writeFileSync(join(folder, 'notes.txt'), 'no picture');
  return folder;
}

describe('with ranges from MNIST', () => {
  test.each([4, 8])('%i filters: int8 is within half a point of float32', async (filters) => {
    const { bytes, images } = await convertToInt8(paperCnn({ filters }), 'mnist');
    const int8 = await evaluateOnDataset(readTflite(bytes, 'int8'), 'mnist');
    const float32 = await evaluateOnDataset((await loadTrainedPaperCnn(filters)).graph, 'mnist');
    expect(images).toBe(500);
    expect(Math.abs(int8.accuracy - float32.accuracy)).toBeLessThan(0.005);
  });
});

it('takes ranges from a folder of pictures: the input from black to white', async () => {
  const { bytes, images } = await convertToInt8(paperCnn({ filters: 2 }), folderOfRamps());
  const graph = readTflite(bytes, 'int8');
  const { scales, zeroPoints } = graph.tensors[graph.inputs[0]].quantization!;
  expect(images).toBe(3);
  expect(scales[0]).toBeCloseTo(1 / 255, 8);
  expect(zeroPoints).toEqual([-128]);
  expect(createExecutor(graph).run([new Int8Array(196)])[0]).toHaveLength(10);
});

const empty = mkdtempSync(join(tmpdir(), 'inferscope-'));

test.each([
  ['no images named', 8, undefined, /^--to int8 needs --dataset mnist or a folder of images/],
  ['no such folder', 8, 'nowhere', /^--dataset nowhere: no such folder; give mnist or a folder of images$/],
  ['an empty folder', 8, empty, /holds no images; put in \.png/],
  ['no weights', 12, 'mnist', /^paper:12: has no weights; train it first/],
])('%s: one line', async (_, filters, dataset, message) => {
  await expect(convertToInt8(paperCnn({ filters }), dataset)).rejects.toThrow(message);
});

it('rejects a network that is int8 already', async () => {
  const { bytes } = await convertToInt8(paperCnn({ filters: 1 }), folderOfRamps());
  const again = convertToInt8(readTflite(bytes, 'q.tflite'), folderOfRamps());
  await expect(again).rejects.toThrow(/^q\.tflite: its input is int8 already; convert the float32 network/);
});
