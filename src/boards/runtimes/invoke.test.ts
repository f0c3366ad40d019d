import { expect, it, test } from 'vitest';
import type { Terms } from '../board/board.ts';
import { evaluateTerms } from '../pricing/terms.ts';
import { TFLM_INVOKE } from './invoke.ts';
import { OPENMV_CALL_COSTS } from './openmv-call.ts';

const instructionsOf = (rows: readonly { op: string; instructions?: Terms }[], op: string): Terms =>
  rows.find((row) => row.op === op)!.instructions!;

// docs/hardware/kernel-counts.md: counted on the paper's graphs, the autoencoder, DS-CNN, ResNet-8 and MobileNetV1.
test.each([
  [3, 183],
  [10, 470],
  [13, 593],
  [16, 716],
  [31, 1331],
])('Invoke of %i operators takes %i instructions beside their kernels, as counted', (operators, counted) => {
  expect(evaluateTerms(instructionsOf(TFLM_INVOKE.costs, 'invoke'), { operators })).toBe(counted);
});

it('a program that keeps its interpreter pays for no AllocateTensors in a call', () => {
  expect(TFLM_INVOKE.costs.map(({ op }) => op)).toEqual(['invoke']);
});

it("OpenMV's AllocateTensors of a network of three float operators is what its own library was counted to take", () => {
  const allocate = instructionsOf(OPENMV_CALL_COSTS, 'allocate');
  const counts = { operators: 3, preparedChannels: 0, preparedDense: 0 };
  expect(Math.floor(evaluateTerms(allocate, counts))).toBe(7847);
});
