import { expect, test } from 'vitest';
import { readOwnRows } from './own-rows.ts';

test('rows are read with their lines', () => {
  expect(readOwnRows('model,latency_ms\npaper:8,1.25\nnet.tflite,3')).toEqual([
    { line: 2, model: 'paper:8', latencyMs: 1.25, kernels: '' },
    { line: 3, model: 'net.tflite', latencyMs: 3, kernels: '' },
  ]);
});

test.each([
  ['model\npaper:8', 'no column latency_ms'],
  ['model,latency_ms', 'no row'],
  ['model,latency_ms\npaper:8,-1', 'line 2, latency_ms: "-1"'],
  ['model,latency_ms\npaper:8,12 us', 'line 2, latency_ms: "12 us"'],
  ['model,latency_ms\n,5', 'line 2, model'],
])('%j is refused: %s', (csv, message) => {
  expect(() => readOwnRows(csv)).toThrow(message);
});
