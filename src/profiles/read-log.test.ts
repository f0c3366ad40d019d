import { expect, test } from 'vitest';
import { readLog } from './read-log.ts';

const HEADER = '  op,ms\n';

test('a line of very many blanks is no layer, and takes no longer to be seen as none than to be read', () => {
  const text = `${HEADER}CONV_2D,1.5\n1 1 A${' '.repeat(300_000)}`;
  expect(readLog(text, 'x.txt', { clocksHz: [] }).rows).toEqual([{ line: 2, op: 'CONV_2D', ms: 1.5 }]);
});

test('the name of a node may have several words', () => {
  const text = '1   2   Conv2D fused relu  (0x10b)   1.250   40.0 %';
  expect(readLog(text, 'x.txt', { clocksHz: [] }).rows).toEqual([
    { line: 1, op: 'Conv2D fused relu', ms: 1.25 },
  ]);
});

test('empty lines, and titles that nobody can read, are no table', () => {
  const wide = `op,ms${',x'.repeat(100_000)}\nCONV_2D,1.5`;
  expect(() => readLog(wide, 'x.csv', { clocksHz: [] })).toThrow('x.csv: holds no layers');
  expect(() => readLog('\n'.repeat(100_000), 'x.csv', { clocksHz: [] })).toThrow('x.csv: holds no layers');
});
