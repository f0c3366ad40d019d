import { describe, expect, test } from 'vitest';
import type { KpuValidation } from '../calibrate/validate-kpu.ts';
import type { PaperValidation } from '../calibrate/validate-paper.ts';
import { formatKpuValidation, formatPaperValidation, formatRowsValidation } from './validation-text.ts';

const rowOf = (id: string, errorPercent: number) => ({ id, measured: 2, predicted: 2.5, errorPercent });
const summary = { medianPercent: 1.234, mapePercent: 5.678, within10Percent: 75, worst: null };

/** The cells of each line of the table below its rule, without the spaces between. */
const cellsOf = (text: string): string[][] => {
  const lines = text.split('\n');
  const rule = lines.findIndex((line) => /^ *-[- ]*$/.test(line));
  const end = lines.findIndex((line, at) => at > rule && line.trim() === '');
  return lines.slice(rule + 1, end < 0 ? undefined : end).map((line) => line.trim().split(/ {2,}/));
};

describe('rows with their errors', () => {
  test('are listed as they come, up to 40', () => {
    const rows = Array.from({ length: 40 }, (_, at) => rowOf(`row ${at}`, at % 2 ? at : -at));
    const text = formatRowsValidation('Title', { rows, ...summary });
    expect(text.split('\n')[0]).toBe('Title');
    expect(cellsOf(text).map(([id]) => id)).toEqual(rows.map(({ id }) => id));
    expect(cellsOf(text)[3]).toEqual(['row 3', '2.000', '2.500', '+3.0']);
  });

  test('of 41 the 40 worst are listed, the worst first, whatever the sign', () => {
    const rows = Array.from({ length: 41 }, (_, at) => rowOf(`row ${at}`, at % 2 ? at : -at));
    const text = formatRowsValidation('Title', { rows, ...summary });
    expect(text.split('\n')[0]).toBe('Title (the 40 worst of 41 rows)');
    expect(cellsOf(text).map(([id]) => id)).toEqual(
      rows
        .slice(1)
        .reverse()
        .map(({ id }) => id),
    );
  });

  test('end with the summary, and with the bars where there are any', () => {
    const rows = [rowOf('a', 1)];
    const plain = formatRowsValidation('Title', { rows, ...summary });
    expect(plain.split('\n').at(-1)).toBe(
      '  median error 1.23 %, mean 5.68 %, 75.0 % of the rows within 10 %',
    );
    const gates = [
      { name: 'median', figure: 1.234, bar: 5, holds: true },
      { name: 'share', figure: 75, bar: 90, holds: false },
    ];
    const lines = formatRowsValidation('Title', { rows, ...summary, gates }).split('\n');
    expect(lines.slice(-2).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['median', '1.23', '5', 'holds'],
      ['share', '75.0', '90', 'MISSED'],
    ]);
  });
});

describe('the KPU', () => {
  const validation = (different: number, equal: number): KpuValidation => {
    const row = (at: number, isEqual: boolean) => ({
      id: `case ${at}`,
      layer: at,
      mode: 'weights',
      equal: isEqual,
    });
    const rows = [
      ...Array.from({ length: equal }, (_, at) => row(at, true)),
      ...Array.from({ length: different }, (_, at) => row(100 + at, false)),
    ];
    return { rows, equal, total: different + equal } as unknown as KpuValidation;
  };

  test('lists the outputs that differ alone, where there are any', () => {
    const text = formatKpuValidation(validation(2, 5));
    expect(cellsOf(text)).toEqual([
      ['case 100', '100', 'weights', 'NO'],
      ['case 101', '101', 'weights', 'NO'],
    ]);
    expect(text.split('\n').at(-1)).toBe('  5 of 7 outputs equal');
  });

  test('one that differs is enough', () => {
    expect(cellsOf(formatKpuValidation(validation(1, 5)))).toEqual([['case 100', '100', 'weights', 'NO']]);
  });

  test('else the first 40', () => {
    const cells = cellsOf(formatKpuValidation(validation(0, 50)));
    expect([cells.length, cells[0]]).toEqual([40, ['case 0', '0', 'weights', 'yes']]);
  });
});

describe('the paper', () => {
  const validation: PaperValidation = {
    boards: [
      {
        ...{ board: 'toy', looMapePercent: 1.111, looWorstPercent: 2.222, priorsOnlyMapePercent: 6.666 },
        baseline: { looMapePercent: 3.333, trainLow5MapePercent: 5.555 },
        trainLow5: { mapePercent: 4.444 },
        roundingFloorPercent: 7.777,
        loo: [{ filters: 3, measuredMs: 1.4, predictedMs: 1.41234, errorPercent: 0.88 }],
      },
    ],
    gates: [{ name: 'bar', figure: 1, bar: 2, holds: true }],
  } as unknown as PaperValidation;

  test('a line a board: each error under its title', () => {
    const text = formatPaperValidation(validation, false);
    expect(cellsOf(text)).toEqual([['toy', '1.11', '2.22', '3.33', '4.44', '5.55', '6.67', '7.78']]);
    expect(text).not.toContain('each row predicted by a fit');
    expect(text.split('\n').at(-1)!.trim().split(/ {2,}/)).toEqual(['bar', '1.00', '2', 'holds']);
  });

  test('with its rows where they are asked for', () => {
    const text = formatPaperValidation(validation, true);
    const details = text.slice(text.indexOf('toy: each row predicted by a fit that has not seen it'));
    expect(cellsOf(details)).toEqual([['3', '1.4', '1.412', '+0.88']]);
  });
});
