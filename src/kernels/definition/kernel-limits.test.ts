import { describe, expect, test } from 'vitest';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import { refusedBy, type KernelLimits } from './kernel-limits.ts';

const tensor = (dtype: DType, shape: number[] = [1], isScaled = true): TensorInfo => ({
  dtype,
  shape,
  ...(isScaled && { quantization: { scales: [1], zeroPoints: [0], axis: 0 } }),
});

const refused = (limits: KernelLimits, inputs: (TensorInfo | undefined)[], output = tensor('int8')) =>
  refusedBy(limits, { inputs, outputs: [output], attributes: {} });

describe('types that go together', () => {
  const limits = { types: ['float32 * float32', 'int8 * int8|int4 -> int8'] };
  const [f, i, i4] = [tensor('float32'), tensor('int8'), tensor('int4')];

  test.each<[string, (TensorInfo | undefined)[], TensorInfo, string | undefined]>([
    ['each by its word, * for any', [f, tensor('int32'), f], f, undefined],
    ['one of several', [i, f, i4], i, undefined],
    ['what is absent fits', [i, undefined], i, undefined],
    ['operands behind the words are free', [f, f, f, i], f, undefined],
    [
      'an operand of another type is named with all that is taken',
      [f, i, i],
      f,
      'float32 int8 int8 -> float32; it takes float32 * float32, int8 * int8|int4 -> int8',
    ],
    [
      'and an output of another',
      [i, i, i],
      f,
      'int8 int8 int8 -> float32; it takes float32 * float32, int8 * int8|int4 -> int8',
    ],
  ])('%s', (_, inputs, output, expected) => {
    expect(refused(limits, inputs, output)).toBe(expected);
  });

  test('outputs are not named where no kernel asks for them', () => {
    expect(refused({ types: ['int8'] }, [f, i])).toBe('float32; it takes int8');
  });
});

test('dimensions, operands and missing scales are named with what is taken', () => {
  const wide = tensor('int8', [1, 2, 3]);
  expect(refused({ maxRank: 2 }, [tensor('int8'), wide])).toBe('[1,2,3] of 3 dimensions; it takes 2 at most');
  expect(refused({ maxRank: 3 }, [wide, undefined])).toBeUndefined();
  expect(refused({ maxInputs: 1 }, [wide, wide])).toBe('2 operands; it takes 1 at most');
  const bare = tensor('int8', [1], false);
  expect(refused({ scaled: [0, 1] }, [wide, bare])).toMatch(/^operand 1 of int8 without a scale/);
  expect(refused({ scaled: [0] }, [wide, bare])).toBeUndefined();
  expect(refused({ scaled: [0] }, [tensor('float32', [1], false)])).toBeUndefined();
});

test('a check of its own is asked last', () => {
  expect(refused({ check: ({ inputs }) => `${inputs.length} operands` }, [tensor('int8')])).toBe(
    '1 operands',
  );
});

test('no scale is missed in a network that has none yet', () => {
  const call = { inputs: [tensor('int8', [1], false)], outputs: [], attributes: {} };
  expect(refusedBy({ scaled: [0] }, { ...call, isUnscaled: true })).toBeUndefined();
  expect(refusedBy({ scaled: [0] }, call)).toBeDefined();
});

test.each([NaN, Infinity, -1])('a scale of %d is refused where the kernel computes with it', (scale) => {
  const odd = { ...tensor('int8'), quantization: { scales: [1, scale], zeroPoints: [0, 0], axis: 0 } };
  expect(refused({ scaled: [1] }, [tensor('int8'), odd])).toBe(
    `a scale of ${scale}; it takes numbers from 0 up`,
  );
  expect(refused({ scaled: [0] }, [tensor('int8'), odd])).toBeUndefined();
});
