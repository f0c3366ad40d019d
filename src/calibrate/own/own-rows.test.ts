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
  ['model,latency_ms\npaper:8,1,9', 'line 2 has 3 cells, the header 2; write 1.9 and not 1,9'],
  ['model,latency_ms\npaper:8,"1', 'line 2: a quote is not closed'],
  ['model,latency_ms,unit\npaper:8,1200,us', 'column unit'],
  ['model,latency_ms,board\npaper:8,1.2,teensy-40', 'column board'],
  ['model,latency_ms\npaper:8,2.1\npaper:8,0.0021', 'line 3, latency_ms: 0.0021 ms, and line 2 says 2.1 ms'],
  ['model,latency_ms,latency_ms\npaper:8,1,2', 'column latency_ms is there twice; leave one of them out'],
  [
    `model,latency_ms\n${'paper:8,1\n'.repeat(2)}paper:8,0.001`,
    'line 4, latency_ms: 0.001 ms, and line 2 says 1 ms',
  ],
])('%j is refused: %s', (csv, message) => {
  expect(() => readOwnRows(csv)).toThrow(message);
});

test('columns that nobody reads may be there twice, or have no name', () => {
  expect(readOwnRows('model,note,latency_ms,note,,\npaper:8,a,1.25,b,,')).toEqual([
    { line: 2, model: 'paper:8', latencyMs: 1.25, ops: [], kernels: '' },
  ]);
});

test('a header of a million columns is refused by their number', () => {
  expect(() => readOwnRows(`model,latency_ms${',x'.repeat(1e6)}\npaper:8,1`)).toThrow(
    '1000002 columns; a table has at most 1000',
  );
});

test('more rows than can be fitted are refused by their number', () => {
  expect(() => readOwnRows(`model,latency_ms${'\npaper:8,1'.repeat(10_001)}`)).toThrow(
    '10001 rows; a table has at most 10000',
  );
});

test('a comma at the end of a line, as spreadsheets write it, is no cell', () => {
  expect(readOwnRows('model,latency_ms\npaper:8,1.5,').map(({ latencyMs }) => latencyMs)).toEqual([1.5]);
});
