import { expect, test } from 'vitest';
import { activation, oneOp } from '../../../test/support/one-op.ts';
import { createExecutor } from '../../kernels/execute/executor.ts';
import { formatInference, infer } from './model-outputs.ts';

/** Bytes of scale 0.5 and zero point 10 that are moved as they are. */
const executor = createExecutor(
  oneOp(
    'RESHAPE',
    { newShape: [1, 4] },
    [activation([4], 'int8', 0.5, 10)],
    activation([1, 4], 'int8', 0.5, 10),
  ),
);

test('outputs are told as they are stored, classes by their real values, the best first', () => {
  const { outputs, top } = infer(executor, [Int8Array.of(10, 14, -20, 14)], 3);
  expect(outputs).toEqual([{ name: 't1', shape: [1, 4], dtype: 'int8', values: [10, 14, -20, 14] }]);
  expect(top).toEqual([
    { index: 1, score: 2 },
    { index: 3, score: 2 },
    { index: 0, score: 0 },
  ]);
});

test('the text has each output by name and shape, and for each class its score and what is stored', () => {
  const lines = formatInference(infer(executor, [Int8Array.of(10, 14, -20, 15)], 2)).split('\n');
  expect(lines[0]).toBe('  output "t1" int8 [1, 4]');
  expect(lines.slice(-2).map((line) => line.trim().split(/ +/))).toEqual([
    ['3', '2.50000', '15'],
    ['1', '2.00000', '14'],
  ]);
});

test('of a network without quantization the stored value is the score', () => {
  const shape = [3];
  const plain = createExecutor(oneOp('RELU', {}, [{ shape, dtype: 'float32' }], { shape, dtype: 'float32' }));
  expect(infer(plain, [Float32Array.of(-1, 0.25, 8)], 9).top).toEqual([
    { index: 2, score: 8 },
    { index: 1, score: 0.25 },
    { index: 0, score: 0 },
  ]);
});
