import { expect, test } from 'vitest';
import { detectionWindows } from './detection-windows.ts';

const DEFAULTS = { minScale: 1, scaleMul: 0.5, xOverlap: 0, yOverlap: 0 };
const ROI = { x: 10, y: 20, width: 30, height: 20 };
const asText = (options: object) =>
  detectionWindows(ROI, { ...DEFAULTS, ...options })
    .map(({ x, y, width, height }) => `${x},${y} ${width}x${height}`)
    .join('; ');

test('the whole part is the only window of scale 1', () => {
  expect(asText({})).toBe('10,20 30x20');
});

test('half the scale gives four windows side by side', () => {
  expect(asText({ minScale: 0.5 })).toBe('10,20 30x20; 10,20 15x10; 25,20 15x10; 10,30 15x10; 25,30 15x10');
});

// 0.4 of 30 x 20 is 12 x 8: two in a row leave 6 and 4 pixels, half of which come first.
test('windows that do not fill the part stand in its middle', () => {
  expect(asText({ minScale: 0.4, scaleMul: 0.4 })).toBe(
    '10,20 30x20; 13,22 12x8; 25,22 12x8; 13,30 12x8; 25,30 12x8',
  );
});

test('an overlap of a half moves by half a window', () => {
  expect(asText({ minScale: 0.5, xOverlap: 0.5 })).toContain('10,20 15x10; 17,20 15x10; 24,20 15x10');
});

test('an overlap of -1 gives one window in the middle', () => {
  expect(asText({ minScale: 0.5, xOverlap: -1, yOverlap: -1 })).toBe('10,20 30x20; 17,25 15x10');
});

test('scales end where a window has no pixel, whatever min_scale says', () => {
  const windows = detectionWindows({ x: 0, y: 0, width: 4, height: 4 }, { ...DEFAULTS, minScale: 1e-30 });
  expect(windows.length).toBe(1 + 4 + 16);
});

test.each([
  [{ minScale: 0 }, '0 < min_scale <= 1'],
  [{ scaleMul: 1 }, '0 <= scale_mul < 1'],
  [{ xOverlap: 1 }, '0 <= x_overlap < 1'],
  [{ yOverlap: -0.5 }, '0 <= y_overlap < 1'],
  [{ yOverlap: 0.99 }, 'an overlap of 0.99 never moves the window: the board would hang'],
])('%j is rejected: %s', (options, message) => {
  expect(() => detectionWindows(ROI, { ...DEFAULTS, ...options })).toThrow(message);
});
