import { expect, test } from 'vitest';
import { activation, constant, oneOp } from '../../../test/support/one-op.ts';
import { createExecutor } from './executor.ts';

const wide = { shape: [3], dtype: 'int64' } as const;
const row = activation([3], 'int8', 0.5, 0);

test('an output of another type than what is moved or summed is refused by name', () => {
  const pad = oneOp('PAD', {}, [row, constant([0, 0], [1, 2], 'int32')], wide);
  expect(() => createExecutor(pad)).toThrow('op 0 (PAD): output is int64, needs int8');
  const sum = oneOp('SUM', { keepDims: true }, [row, constant([0], [1], 'int32')], { ...wide, shape: [1] });
  expect(() => createExecutor(sum)).toThrow('op 0 (SUM): output is int64, needs int8');
});

test('a value that fills is of the type of what it fills', () => {
  const inputs = [row, constant([0, 0], [1, 2], 'int32'), constant([1], [1], 'float32')];
  expect(() => createExecutor(oneOp('PADV2', {}, inputs, row))).toThrow('value is float32, needs int8');
});

test('a mean over no element is refused by its shape', () => {
  const empty = { ...row, shape: [2, 0] };
  const mean = oneOp('MEAN', { keepDims: false }, [empty, constant([1], [1], 'int32')], {
    ...row,
    shape: [2],
  });
  expect(() => createExecutor(mean)).toThrow('op 0 (MEAN): [2,0] holds nothing to reduce');
});
