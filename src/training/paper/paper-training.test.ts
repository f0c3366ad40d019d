import { describe, expect, it, test } from 'vitest';
import { buildGraph } from '../../models/specs/builder.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { asPublished, fillPaperCnn, floatConstants, paperTrainingSpec } from './paper-training.ts';
import { loadTrainedPaperCnn } from './trained-paper.ts';
import { readTflite } from '../../files/tflite.ts';
import { writeTflite } from '../../files/tflite.ts';

const FILTERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test.each([
  { filters: 3 },
  { filters: 2, kernel: 5, side: 28, stride: 2, padding: 'VALID' as const, classes: 4 },
])('what is trained for %o is what the simulator prices', (options) => {
  const shapes = (graph: ReturnType<typeof paperCnn>) => graph.tensors.map(({ shape }) => shape);
  const trained = buildGraph(paperTrainingSpec(options));
  expect(shapes(trained)).toEqual(shapes(paperCnn(options)));
  expect(trained.nodes.map(({ op }) => op)).toEqual(['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED']);
  expect(trained.nodes[0].attributes).toEqual(paperCnn(options).nodes[0].attributes);
});

it('lays weights out as it reads them back', () => {
  // 9 F + F for the convolution, 196 F * 10 + 10 for the dense layer.
  const weights = Float32Array.from({ length: 1970 * 2 + 10 }, (_, index) => index);
  const graph = fillPaperCnn({ filters: 2 }, weights);
  expect(floatConstants(graph)).toEqual(weights);
  expect([...new Float32Array(graph.tensors[2].data!.slice().buffer)]).toEqual([18, 19]);
});

it('refuses another number of weights', () => {
  expect(() => fillPaperCnn({ filters: 2 }, new Float32Array(7))).toThrow(
    /^paper:2: takes 3950 weights, got 7/,
  );
});

describe('the trained networks', () => {
  // Dokic, Mikolcevic, Radisic 2021, tables 2 and 3.
  const PUBLISHED_KB = [8, 16, 24, 31, 39, 47, 54, 62, 70, 78];
  const PUBLISHED_ACCURACY = [0.8969, 0.922, 0.9479, 0.933, 0.952, 0.9637, 0.9623, 0.9624, 0.9632, 0.962];

  it('have files of the published sizes, in whole KiB', async () => {
    const networks = await Promise.all(FILTERS.map(loadTrainedPaperCnn));
    const files = networks.map(({ graph }) => writeTflite(asPublished(graph)));
    expect(files.map(({ length }) => Math.floor(length / 1024))).toEqual(PUBLISHED_KB);
    expect(readTflite(files[0], 'paper:1').tensors).toEqual(networks[0].graph.tensors);
  });

  test.each(FILTERS)(
    'with %i filters: accuracy within 0.02 of the published one, or better',
    async (filters) => {
      const { accuracy } = await loadTrainedPaperCnn(filters);
      expect(accuracy).toBeGreaterThan(PUBLISHED_ACCURACY[filters - 1] - 0.02);
      expect(accuracy).toBeLessThanOrEqual(1);
    },
  );

  it('are ten', async () => {
    await expect(loadTrainedPaperCnn(11)).rejects.toThrow(/^paper:11 has no trained weights here/);
  });
});
