import { expect, test } from 'vitest';
import { formatRows, rowsShown } from './long-table.ts';

const COLUMNS = [{ title: '#', align: 'right' }, { title: 'op' }] as const;
const ROWS = Array.from({ length: 10_000 }, (_, at) => at);
const rowOf = (at: number) => [`${at}`, 'RELU'];

test('a long table ends with what is left and how to have it', () => {
  const lines = formatRows(COLUMNS, ROWS, rowOf, rowsShown(false)).split('\n');
  expect(lines.slice(0, 3)).toEqual(['    #  op', '  ---  ----', '    0  RELU']);
  expect(lines.at(-1)).toBe('  ... 9,800 more; --all');
});

test('only the rows that are shown are laid out', () => {
  let laidOut = 0;
  formatRows(COLUMNS, ROWS, (at) => (laidOut++, rowOf(at)), 200);
  expect(laidOut).toBe(200);
});

test('a table of as many rows as are shown is whole, and with --all every one is', () => {
  expect(formatRows(COLUMNS, ROWS.slice(0, 200), rowOf, rowsShown(false))).not.toContain('more');
  const all = formatRows(COLUMNS, ROWS, rowOf, rowsShown(true));
  expect(all.split('\n')).toHaveLength(10_002);
});
