import { expect, test } from 'vitest';
import {
  describeDomain,
  formatCount,
  formatInterval,
  formatNumber,
  formatPercent,
  formatShape,
  formatSigned,
  wrapText,
} from './format.ts';

test.each([
  [0, '0'],
  [1.25149, '1.251'],
  [0.011249, '0.0112'],
  [39.0249, '39.02'],
  [57756, '57756'],
  [-2.5, '-2.500'],
])('%f is shown in four significant digits', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [0.0081, '+0.008'],
  [-0.022, '-0.022'],
  [-0.0003, '0.000'],
])('the sign of %f', (value, text) => {
  expect(formatSigned(value, 3)).toBe(text);
});

test.each([
  [7, '7'],
  [1000, '1,000'],
  [31744, '31,744'],
  [1234567.4, '1,234,567'],
])('%f is grouped in thousands', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('an interval names its bounds and its confidence, and says where it stands', () => {
  const interval = { value: 1.25, low: 1.2, high: 1.3, confidence: 0.9, domain: 'inside' } as const;
  expect(formatInterval(interval)).toBe('1.250 ms (90 %: 1.200 to 1.300)');
  expect(describeDomain({ ...interval, domain: 'extrapolated', why: 'no MUL' })).toBe('extrapolated: no MUL');
});

test('text is broken at spaces before 100 columns, with its indents', () => {
  const lines = wrapText('word '.repeat(30).trim(), '    ', '  - ').split('\n');
  expect(lines.map((line) => line.length <= 100)).toEqual([true, true]);
  expect(lines.map((line) => line.slice(0, 5))).toEqual(['  - w', '    w']);
  expect(wrapText('short')).toBe('short');
});

test('shapes and percents', () => {
  expect([formatShape([]), formatShape([1, 14, 14, 8])]).toEqual(['scalar', '1x14x14x8']);
  expect([formatPercent(2.63), formatPercent(68.2)]).toEqual(['2.6 %', '68 %']);
});
