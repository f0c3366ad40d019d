import { beforeAll, describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { compareVariants } from '../src/cli/compare/comparison.ts';
import { formatComparison } from '../src/cli/compare/comparison-text.ts';
import { imagesFor, loadComparisonImages } from '../src/cli/compare/calibration-set.ts';

import { evaluateClassifier } from '../src/kernels/execute/evaluate.ts';
import { buildGraph } from '../src/models/specs/builder.ts';
import { paperCnn } from '../src/models/specs/paper-cnn.ts';
import { loadTrainedPaperCnn } from '../src/training/paper/trained-paper.ts';
import { schemaErrors } from './support/schemas.ts';

const boards = ['maixduino', 'openmv-h7-plus'].map(boardById);

const EMPTY = { count: 2, side: 14, pixels: new Float32Array(392).fill(0.5), labels: Uint8Array.of(1, 2) };
const images = { calibration: EMPTY, test: EMPTY };

test('a network without weights has latency and size, and a reason instead of an accuracy', () => {
  const comparison = compareVariants(paperCnn({ filters: 12 }), boards, images, {});
  expect(schemaErrors('compare', comparison)).toEqual([]);
  expect(comparison.rows.map(({ variant, board, accuracy }) => [variant, board, accuracy])).toEqual([
    ['kmodel', 'maixduino', undefined],
    ['float32', 'openmv-h7-plus', undefined],
    ['int8', 'openmv-h7-plus', undefined],
  ]);
  expect(comparison).not.toHaveProperty('toolchainRefuses');
  expect(comparison.rows.every(({ latencyMs, why }) => latencyMs && why?.includes('no weights'))).toBe(true);
});

test('a network that takes no digits is compared by time and size, its ranges from drawn bytes', async () => {
  const layers = ['conv 4 3x3 same relu', 'flatten', 'dense 3'];
  const graph = buildGraph({ name: 'colours', input: [12, 16, 3], layers });
  const comparison = compareVariants(graph, boards, await imagesFor(graph, undefined), {});
  expect(schemaErrors('compare', comparison)).toEqual([]);
  expect(comparison).not.toHaveProperty('images');
  expect(comparison.rows.map(({ variant }) => variant)).toEqual(['kmodel', 'float32', 'int8']);
  expect(comparison.rows.every(({ latencyMs, accuracy }) => latencyMs && accuracy === undefined)).toBe(true);
  await expect(imagesFor(graph, 'mnist')).rejects.toThrow("MNIST's digits need one of [1, side, side, 1]");
});

test('a variant that cannot be made says why, the others stand', () => {
  const layers = ['conv 2 5x5 same relu', 'flatten', 'dense 10'];
  const graph = buildGraph({ name: 'five', input: [14, 14, 1], layers });
  const comparison = compareVariants(graph, boards, images, {});
  const [kmodel, float32] = comparison.rows;
  expect(kmodel!.why).toMatch(/refuses the model with "Layer Conv2d is not supported"; the KPU has only/);
  expect(kmodel!.latencyMs).toBeUndefined();
  expect(float32!.latencyMs!.value).toBeGreaterThan(0);
  expect(comparison.refused).toEqual([
    {
      board: 'maixduino',
      reason: expect.stringMatching(/^kmodel: .*"Layer Conv2d is not supported"/) as string,
    },
  ]);
  const refused = { node: 0, op: 'CONV_2D', text: 'Layer Conv2d is not supported' };
  expect(comparison.toolchainRefuses).toMatchObject(refused);
  expect(schemaErrors('compare', comparison)).toEqual([]);
  expect(formatComparison(comparison)).toMatch(
    /^five, accuracy[^\n]+\n\n {2}refused +ncc 0\.1\.0-rc5 refuses the whole model at op 0/,
  );
  expect(formatComparison(comparison)).toContain('kmodel on maixduino: ');
  expect(formatComparison(comparison)).toMatch(/^ {2}maixduino +kmodel: /m);
});

describe("on MNIST's 10,000 test images", () => {
  const accuracies = new Map<number, { kmodel: number; float32: number }>();

  beforeAll(async () => {
    const loaded = await loadComparisonImages(paperCnn({ filters: 1 }));
    for (const filters of [4, 5, 6, 8]) {
      const { graph } = await loadTrainedPaperCnn(filters);
      const [kmodel] = compareVariants(graph, boards.slice(0, 1), loaded, {}).rows;
      const float32 = evaluateClassifier(graph, loaded.test).accuracy;
      accuracies.set(filters, { kmodel: kmodel!.accuracy!, float32 });
    }
  });

  const loss = (filters: number): number => {
    const { kmodel, float32 } = accuracies.get(filters)!;
    return kmodel - float32;
  };

  test.each([4, 8])('%i filters: the kmodel is within a point of float32', (filters) => {
    expect(Math.abs(loss(filters))).toBeLessThan(0.01);
  });

  test('the Dense that leaves the KPU at 6 filters changes no accuracy by more than a point', () => {
    expect(Math.abs(loss(6) - loss(5))).toBeLessThan(0.01);
  });
});
