import { describe, expect, test } from 'vitest';
import { BOARDS } from '../boards/index.ts';
import type { Board, Grade } from '../boards/board/board.ts';
import type { Domain } from './domain.ts';
import { gradientMs, intervalOf, readingGradient, spread, type UnseenCost } from './uncertainty.ts';

const INSIDE: Domain = { domain: 'inside' };
const OUTSIDE: Domain = { domain: 'extrapolated', why: 'because' };
/** 5 % of a normal distribution lie above this many standard deviations (any table of it). */
const Z = 1.645;

const board = BOARDS[0];
const NO_CALIBRATION = (({ calibration: _, ...rest }) => rest)(board) as Board;

/** A board whose calibration says this. */
const withCalibration = (covariance: number[][], residualMs: number): Board => ({
  ...board,
  calibration: { ...board.calibration!, covariance, residualMs },
});

function halfWidth(
  on: Board,
  { value = 100, gradient = [] as number[], unseen = [] as UnseenCost[], domain = INSIDE },
): number {
  const { low, high } = intervalOf(value, on, gradient, { unseen, domain });
  expect(value - low).toBeCloseTo(high - value, 9);
  return (high - low) / 2;
}

describe('half of a 90 % interval', () => {
  test('is nothing where nothing is in doubt', () => {
    expect(halfWidth(NO_CALIBRATION, {})).toBe(0);
  });

  test('is 1.645 standard deviations of the residuals', () => {
    expect(halfWidth(withCalibration([], 2), {})).toBeCloseTo(2 * Z, 2);
  });

  test('is 1.645 times the spread of the constants', () => {
    // Variance of x + 2 y: 4 + 2 x 2 x 1 + 4 x 9 = 44.
    const covariance = [
      [4, 1],
      [1, 9],
    ];
    expect(spread([1, 2], covariance)).toBeCloseTo(Math.sqrt(44), 12);
    expect(halfWidth(withCalibration(covariance, 0), { gradient: [1, 2] })).toBeCloseTo(Z * Math.sqrt(44), 2);
  });

  test('outside of what was measured has a share of 5 % of the value', () => {
    expect(halfWidth(NO_CALIBRATION, { value: 40, domain: OUTSIDE })).toBeCloseTo(0.05 * 40 * Z, 3);
  });

  test.each<[Grade, number]>([
    ['measured', 0.05],
    ['documented', 0.1],
    ['fitted', 0.12],
    ['estimated', 0.3],
  ])('a cost that is %s and that no measurement saw counts with %d of it', (grade, share) => {
    expect(halfWidth(NO_CALIBRATION, { unseen: [{ costMs: 10, grade }] })).toBeCloseTo(10 * share * Z, 3);
  });

  test('independent doubts add up as squares: 3 and 4 make 5', () => {
    const unseen: UnseenCost[] = [
      { costMs: 10, grade: 'estimated' },
      { costMs: 40, grade: 'documented' },
    ];
    expect(halfWidth(NO_CALIBRATION, { unseen })).toBeCloseTo(5 * Z, 2);
  });
});

test('an interval ends at 0, says its confidence and why it is wide', () => {
  const interval = intervalOf(1, NO_CALIBRATION, [], {
    unseen: [{ costMs: 100, grade: 'estimated' }],
    domain: OUTSIDE,
  });
  expect(interval).toMatchObject({
    value: 1,
    low: 0,
    confidence: 0.9,
    domain: 'extrapolated',
    why: 'because',
  });
});

test.each(BOARDS.map((one) => [one.id, one] as const))(
  '%s: the derivative of a constant by itself is 1, by another 0',
  (_, one) => {
    const { parameters } = one.calibration!;
    const { path } = parameters[0];
    const valueOf = (changed: Board) => path.split('.').reduce<unknown>(step, changed) as { value: number };
    const gradient = gradientMs(one, (changed) => 3 * valueOf(changed).value);
    expect(gradient).toHaveLength(parameters.length);
    gradient.forEach((derivative, at) => expect(derivative).toBeCloseTo(at === 0 ? 3 : 0, 6));
  },
);

/** One part of a constant's path: a field, or the entry of a list that has this id. */
function step(from: unknown, name: string): unknown {
  return Array.isArray(from) ? from.find(({ id }) => id === name) : (from as Record<string, unknown>)[name];
}

test('a board without a calibration has no gradient', () => {
  expect(gradientMs(NO_CALIBRATION, () => 1)).toEqual([]);
});

test('the reading is moved by its offset, one for one, and by nothing else that the pulse is not', () => {
  const pulse = board.calibration!.parameters.map((_, index) => index);
  const reading = readingGradient(board, pulse);
  const paths = board.calibration!.parameters.map(({ path }) => path);
  const added = reading.map((derivative, index) => derivative - pulse[index]);
  expect(added).toEqual(paths.map((path) => (path.endsWith('readingOffsetMs') ? 1 : 0)));
});
