import { expect, test } from 'vitest';
import { formatTable } from './table.ts';

const COLUMNS = [{ title: 'op' }, { title: 'bytes', align: 'right' }, { title: 'why', maxWidth: 9 }] as const;

test('cells are filled up to the widest of their column, numbers from the left', () => {
  expect(
    formatTable(COLUMNS, [
      ['ADD', '12', ''],
      ['RELU', '1,234,567', 'so'],
    ]),
  ).toBe(
    ['  op        bytes  why', '  ----  ---------  ---', '  ADD          12', '  RELU  1,234,567  so'].join(
      '\n',
    ),
  );
});

test('a cell beyond its column is broken at spaces, the others of its row stay beside its first line', () => {
  expect(
    formatTable(COLUMNS, [
      ['ADD', '12', 'one two three'],
      ['RELU', '3', 'so'],
    ])
      .split('\n')
      .slice(2),
  ).toEqual(['  ADD      12  one two', '               three', '  RELU      3  so']);
});

test('a cell with signs beyond ASCII is laid out like any other', () => {
  const [, , accented, plain] = formatTable(COLUMNS, [
    ['…é', '1', 'x'],
    ['ab', '2', 'x'],
  ]).split('\n');
  expect(accented).toBe('  …é      1  x');
  expect(plain).toBe('  ab      2  x');
});
