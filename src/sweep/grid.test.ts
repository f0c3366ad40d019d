import { expect, test } from 'vitest';
import { countPoints, gridPoints, parseValues } from './grid.ts';

test.each([
  ['8', [8]],
  ['1,3,5,7', [1, 3, 5, 7]],
  ['1:4', [1, 2, 3, 4]],
  ['2:9:3', [2, 5, 8]],
  ['5,1:3,3', [1, 2, 3, 5]],
])('the values of "%s"', (text, values) => {
  expect(parseValues('--filters', text)).toEqual(values);
});

test.each(['', '0', '-1', 'x', '1:', '4:1', '1:2:3:4', '1.5', '1:9000000', '1:4:0'])(
  '"%s" is refused in one line that names the option',
  (text) => {
    expect(() => parseValues('--filters', text)).toThrow(/^--filters: [^\n]+$/);
  },
);

test('a grid has every combination once, boards side by side', () => {
  const grid = { filters: [1, 2], kernels: [3], sides: [14], boards: ['a', 'b'] };
  expect([...gridPoints(grid)].map(({ filters, board }) => `${filters}${board}`)).toEqual([
    '1a',
    '1b',
    '2a',
    '2b',
  ]);
  expect(countPoints(grid)).toBe(4);
});
