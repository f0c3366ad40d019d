import { expect, test } from 'vitest';
import type { DType } from '../../models/graph/graph.ts';
import { drawnInput, isDrawn } from './drawn-inputs.ts';

const tensorOf = (dtype: DType) => ({ name: 'x', shape: [1, 1000], dtype });

test('zeros are stored zeros of each type', () => {
  for (const dtype of ['float32', 'int8', 'int64', 'bool'] as const) {
    expect(
      Array.from(drawnInput('zeros', tensorOf(dtype), 0) as Int8Array, Number).every((x) => x === 0),
    ).toBe(true);
  }
});

test.each([
  ['float32', -1, 1],
  ['int8', -128, 127],
  ['uint8', 0, 255],
  ['int32', 0, 9],
  ['int64', 0, 9],
  ['bool', 0, 1],
] as const)('random %s values lie from %i to %i and use that range', (dtype, low, high) => {
  const values = Array.from(drawnInput('random:1', tensorOf(dtype), 0) as Int8Array, Number);
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  expect(smallest).toBeGreaterThanOrEqual(low);
  expect(largest).toBeLessThanOrEqual(high);
  expect(largest - smallest).toBeGreaterThan(0.9 * (high - low));
});

test('the same seed draws the same, another seed or position something else', () => {
  const draw = (word: string, position: number) => drawnInput(word, tensorOf('int8'), position);
  expect(draw('random:7', 0)).toEqual(draw('random:7', 0));
  expect(draw('random:7', 0)).not.toEqual(draw('random:8', 0));
  expect(draw('random:7', 0)).not.toEqual(draw('random:7', 1));
});

test('a seed is a whole number, and a file is no drawn input', () => {
  expect(() => drawnInput('random:x', tensorOf('int8'), 0)).toThrow(/--input random:x: write a whole number/);
  expect(['zeros', 'random:', 'zeros.npy', 'a.bin'].map(isDrawn)).toEqual([true, true, false, false]);
});
