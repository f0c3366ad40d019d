import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { readInstructionCounts } from './instruction-rows.ts';
import { readCount, readTable } from './measured-table.ts';
import { readMeasuredRows } from './population/measured-rows.ts';

test.each([
  ['a,b\n1,2\n3,"4\n5,6', 'line 3: a quote is not closed'],
  ['a,b\n1,2\n3,4,5', 'line 3: more cells than there are columns'],
])('a table that is broken is refused by line: %j', (csv, said) =>
  expect(() => readTable(csv)).toThrow(new FormatError(said)),
);

test('a comma at the end of a line is no cell', () => {
  expect(readTable('a,b\n1,2,\n').rows).toEqual([expect.objectContaining({ a: '1', b: '2' })]);
});

test.each([
  ['in_h', '1e308', '65536'],
  ['k_w', '65537', '65536'],
  ['in_h', '-1', '65536'],
  ['in_h', '', '65536'],
  ['instructions', '1e308', '9007199254740991'],
])('%s of %j is no count', (column, text, most) =>
  expect(() => readCount({ [column]: text }, column, 7)).toThrow(
    `instruction counts: line 7, column "${column}": "${text}" is no count from 0 to ${most}`,
  ),
);

test('an axis of 65,536 and 100 million instructions are counts', () => {
  expect(readCount({ in_w: '65536' }, 'in_w', 2)).toBe(65_536);
  expect(readCount({ instructions: '106626775' }, 'instructions', 2)).toBe(106_626_775);
});

test('a time of 1e308 ms is refused by line and column', () => {
  const columns = 'id,board,core,clock_mhz,framework,kernels,dtype,model,op,latency_ms';
  expect(() => readMeasuredRows(`${columns}\na,b,c,480,d,e,int8,f,model,1e308`)).toThrow(
    'line 2, latency_ms: "1e308" must be a number above 0 and up to 1000000000000',
  );
  expect(() => readInstructionCounts(columns)).toThrow('instruction counts: no column kernel_library');
});
