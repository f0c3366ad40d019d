import { describe, expect, it, test } from 'vitest';
import { boardById } from '../boards/index.ts';
import { calibrateBoard } from './calibrate-board.ts';
import { DOKIC_2021 } from './measurements/dokic-2021.ts';
import { calibratedValues, paperReadingMs } from './paper.ts';
import { reproducePaper } from './reproduce.ts';
import { validatePaper } from './validate-paper.ts';

const [maixduino, openmv] = reproducePaper().boards;

test.each(maixduino.rows.map((row) => [row.filters, row] as const))(
  'maixduino, %i filters: the loop period rounds to the printed value',
  (_, { reportedMs, measuredMs }) => {
    expect(reportedMs.toFixed(1)).toBe(measuredMs.toFixed(1));
  },
);

it('openmv-h7-plus: worst 0.02 ms, mean error 1.5 %', () => {
  expect(openmv.worstMs).toBeLessThanOrEqual(0.02);
  expect(openmv.mapePercent).toBeLessThanOrEqual(1.5);
});

it('rows that the fit has not seen stay within the bars, and beat a straight line', () => {
  const { boards, gates } = validatePaper();
  expect(gates.filter(({ holds }) => !holds)).toEqual([]);
  for (const { looMapePercent, trainLow5, baseline } of boards) {
    expect(looMapePercent).toBeLessThan(baseline.looMapePercent);
    expect(trainLow5.mapePercent).toBeLessThan(baseline.trainLow5MapePercent);
  }
});

describe.each(DOKIC_2021.map((table) => [table.board, table] as const))('%s', (id, table) => {
  it('ships the constants that a refit gives (npm run calibrate)', () => {
    const { values, residualMs } = calibrateBoard(boardById(id), table);
    const shipped = calibratedValues(boardById(id));
    shipped.forEach((value, index) => expect(value / values[index]).toBeCloseTo(1, 6));
    expect(boardById(id).calibration!.residualMs / residualMs).toBeCloseTo(1, 4);
  });

  it('predicts more for each filter that is added, but where the unrolled loop takes over', () => {
    const readings = table.rows.map(({ filters }) => paperReadingMs(boardById(id), filters));
    const falls = readings.slice(1).filter((reading, index) => reading < readings[index] - 0.01);
    expect(falls).toEqual([]);
  });
});

it('the Maixduino leads by its pulse up to 5 filters, until the Dense rule takes it off the KPU', () => {
  const { pulse } = reproducePaper().crossover;
  expect(pulse.leads[0]).toEqual({ faster: 'maixduino', from: 1, to: 5 });
  expect(pulse.flips[0]).toMatchObject({ filters: 6, rule: 'ncc/dense-over-1024' });
});
