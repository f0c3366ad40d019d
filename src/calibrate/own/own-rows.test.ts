import { expect, test } from 'vitest';
import { readOwnRows } from './own-rows.ts';

test('rows are read with their lines', () => {
  expect(readOwnRows('model,latency_ms\npaper:8,1.25\nnet.tflite,3')).toEqual([
    { line: 2, model: 'paper:8', latencyMs: 1.25, ops: [], kernels: '' },
    { line: 3, model: 'net.tflite', latencyMs: 3, ops: [], kernels: '' },
  ]);
});

test.each([
  ['model\npaper:8', 'no column latency_ms'],
  ['model,latency_ms', 'no row'],
  ['model,latency_ms\npaper:8,-1', 'line 2, latency_ms: "-1"'],
  ['model,latency_ms\npaper:8,12 us', 'line 2, latency_ms: "12 us"'],
  ['model,latency_ms\n,5', 'line 2, model'],
  ['model,latency_ms,unit\npaper:8,1200,us', 'column unit'],
  ['model,latency_ms,board\npaper:8,1.2,teensy-40', 'column board'],
  ['model,latency_ms\npaper:8,2.1\npaper:8,0.0021', 'line 3, latency_ms: 0.0021 ms, and line 2 says 2.1 ms'],
])('%j is refused: %s', (csv, message) => {
  expect(() => readOwnRows(csv)).toThrow(message);
});
