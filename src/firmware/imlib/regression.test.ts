import { expect, test } from 'vitest';
import { fitRobust, fitSquares } from './regression.ts';

const OPTIONS = {
  ...{ thresholds: [[255, 255, 0, 0, 0, 0]] as const, inverts: false },
  ...{ strideX: 1, strideY: 1, leastArea: 0, leastPixels: 1, isRobust: false },
};

function fit(rows: string[], options: Partial<typeof OPTIONS> = {}, region = { x: 0, y: 0 }) {
  const [width, height] = [rows[0].length, rows.length];
  const pixels = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 255 : 0));
  const image = { width, height, format: 'grayscale' as const, pixels };
  const part = { ...region, width: width - region.x, height: height - region.y };
  const all = { ...OPTIONS, ...options };
  return (all.isRobust ? fitRobust : fitSquares)(image, part, all);
}

const DIAGONAL = ['#....', '.#...', '..#..', '...#.', '....#'];
const ROW = ['......', '......', '######', '......'];

// By hand: the normal of a diagonal that falls stands at 135 degrees, and goes through the corner.
test('a diagonal by medians', () => {
  expect(fit(DIAGONAL, { isRobust: true })).toMatchObject({ x1: 0, y1: 0, x2: 4, y2: 4, theta: 135, rho: 0 });
});

test('least squares of a diagonal, whose moments are equal, stand upright, as the firmware has it', () => {
  expect(fit(DIAGONAL)).toMatchObject({ x1: 2, x2: 2, theta: 0, rho: 2 });
});

// Moments 2, 4 and 8 about the centre 1, 2: half of atan2(8, -6) is 63.4 degrees, the normal 153; rho is -0.891 + 0.908.
test('a slope of two', () => {
  const slope = ['#..', '...', '.#.', '...', '..#'];
  expect(fit(slope)).toMatchObject({ x1: 0, y1: 0, x2: 2, y2: 4, theta: 153, rho: 0 });
});

test.each([false, true])('a row has its normal at 90 degrees, two pixels down, robust: %s', (isRobust) => {
  expect(fit(ROW, { isRobust })).toMatchObject({ x1: 0, y1: 2, x2: 5, y2: 2, theta: 90, rho: 2 });
});

test('a column stands at 0 degrees', () => {
  expect(fit(['..#', '..#', '..#', '..#'])).toMatchObject({ x1: 2, y1: 0, x2: 2, y2: 3, theta: 0, rho: 2 });
});

test('an outlier turns the least squares and not the medians', () => {
  const bent = ['.......#', '........', '........', '########'];
  expect(fit(bent, { isRobust: true })).toMatchObject({ theta: 90, rho: 3 });
  expect(fit(bent)!.theta).not.toBe(90);
});

test('what lies in a part of the image is told in places of the image', () => {
  expect(fit(ROW, {}, { x: 1, y: 1 })).toMatchObject({ x1: 1, y1: 2, x2: 5, y2: 2, theta: 90, rho: 2 });
});

test('too few pixels, too small an area and no pixels are no line', () => {
  expect(fit(ROW, { leastPixels: 7 })).toBeUndefined();
  expect(fit(DIAGONAL, { leastArea: 17 })).toBeUndefined();
  expect(fit(DIAGONAL, { leastArea: 16 })).toBeDefined();
  expect(fit(['....', '....'])).toBeUndefined();
});
