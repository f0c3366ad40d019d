import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PUBLISHED_ROWS_FILE, publishedRowsSource } from '../../../scripts/published-rows.ts';
import { PUBLISHED_ROWS } from '../measurements/published-rows.ts';
import { readMeasuredRows } from './measured-rows.ts';

const HEADER = 'id,board,core,clock_mhz,framework,kernels,dtype,model,op,latency_ms';
const row = (clock: string, ms: string) =>
  `${HEADER}\na-1,NUCLEO-L4R5ZI,Cortex-M4,${clock},TFLite Micro,CMSIS-NN,int8,resnet8-cifar10,model,${ms}`;

test('the table that ships is data/measured.csv, less the columns that nothing reads', () => {
  expect(publishedRowsSource()).toBe(readFileSync(PUBLISHED_ROWS_FILE, 'utf8'));
  expect(PUBLISHED_ROWS.split('\n').length).toBeGreaterThan(800);
});

test('numbers are read, an empty one is not known', () => {
  expect(readMeasuredRows(row('120', '12.5'))[0]).toMatchObject({ clockMhz: 120, latencyMs: 12.5, line: 2 });
  expect(readMeasuredRows(row('120', ''))[0].latencyMs).toBeNaN();
});

test.each([
  ['0', '5', 'line 2, clock_mhz: "0"'],
  ['120', '-3', 'line 2, latency_ms: "-3"'],
  ['120', '5 ms', 'line 2, latency_ms: "5 ms"'],
])('a clock of %s with a time of %s is refused by its line and column', (clock, ms, message) => {
  expect(() => readMeasuredRows(row(clock, ms))).toThrow(message);
});

test('columns that are missing are named', () => {
  expect(() => readMeasuredRows('id,board\nx,y')).toThrow('no column core, clock_mhz, framework');
});
