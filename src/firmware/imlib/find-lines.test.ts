import { expect, test } from 'vitest';
import { findLines } from './find-lines.ts';

const SIDE = 40;
const WHOLE = { x: 0, y: 0, width: SIDE, height: SIDE };
const OPTIONS = { strideX: 1, strideY: 1, threshold: 1000, thetaMargin: 25, rhoMargin: 25 };

function linesOf(
  isLight: (x: number, y: number) => boolean,
  options: Partial<typeof OPTIONS> = {},
  region = WHOLE,
) {
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    isLight(at % SIDE, Math.floor(at / SIDE)) ? 255 : 0,
  );
  const raster = { width: SIDE, height: SIDE, format: 'grayscale', pixels } as const;
  return findLines(raster, region, { ...OPTIONS, ...options }, (pixel) => pixel);
}

test('an edge that stands and one that lies are lines from rim to rim', () => {
  const [standing] = linesOf((x) => x >= 12).lines;
  expect(standing).toMatchObject({ theta: 0, y1: 0, y2: SIDE - 1 });
  expect(Math.abs(standing.x1 - 12)).toBeLessThanOrEqual(1);
  const [lying] = linesOf((_, y) => y >= 20).lines;
  expect(lying).toMatchObject({ theta: 90, x1: 0, x2: SIDE - 1 });
  expect(Math.abs(lying.y1 - 20)).toBeLessThanOrEqual(1);
});

test('a diagonal has its distance from the corner', () => {
  const { lines } = linesOf((x, y) => x + y >= 40);
  expect(lines).toHaveLength(1);
  expect(Math.abs(lines[0].theta - 45)).toBeLessThanOrEqual(1);
  expect(Math.abs(lines[0].rho - 40 / Math.SQRT2)).toBeLessThanOrEqual(1.5);
});

test('both sides of a thin stripe are one line, of a wide one two, and margins say what is thin', () => {
  expect(linesOf((x) => x >= 10 && x < 16).lines).toHaveLength(1);
  expect(linesOf((x) => x >= 5 && x < 34).lines).toHaveLength(2);
  expect(linesOf((x) => x >= 10 && x < 16, { rhoMargin: 3 }).lines).toHaveLength(2);
});

test('what is flat, or weaker than the threshold, is no line', () => {
  expect(linesOf(() => true)).toMatchObject({ lines: [], edges: 0 });
  expect(linesOf((x) => x >= 12, { threshold: 1e6 }).lines).toEqual([]);
});

test('lines of a part lie in the whole image', () => {
  const [line] = linesOf((x) => x >= 12, {}, { x: 4, y: 10, width: 20, height: 25 }).lines;
  expect(line).toMatchObject({ y1: 10, y2: 34 });
  expect(Math.abs(line.x1 - 12)).toBeLessThanOrEqual(1);
  expect(Math.abs(line.rho - 12)).toBeLessThanOrEqual(1);
});
