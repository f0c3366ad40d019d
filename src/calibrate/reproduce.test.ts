import { describe, expect, it, test } from 'vitest';
import { DOKIC_2021 } from './measurements/dokic-2021.ts';
import { reproducePaper, type BenchReading } from './reproduce.ts';

/** Readings of a bench that shows what the paper printed, off by so much. */
const readings = (offMs: number): Record<string, BenchReading[]> =>
  Object.fromEntries(
    DOKIC_2021.map(({ board, rows }) => [
      board,
      rows.map(({ measuredMs }) => ({ pulseMs: measuredMs + offMs, periodMs: measuredMs + offMs })),
    ]),
  );

describe('readings of a bench', () => {
  test.each(DOKIC_2021.map(({ board, resolutionMs, rows }) => [board, resolutionMs, rows.length] as const))(
    '%s: round to the printed value within half a digit of %f ms, and no further off',
    (board, resolutionMs, count) => {
      const equal = [0, 0.4, -0.4, 0.6, -0.6].map((digits) => {
        const { boards } = reproducePaper(readings(digits * resolutionMs));
        return boards.find((reproduced) => reproduced.board === board)!.roundedEqual;
      });
      expect(equal).toEqual([count, count, count, 0, 0]);
    },
  );

  it('are judged by their mean and their largest difference', () => {
    const { boards } = reproducePaper(readings(-0.25));
    boards.forEach(({ mapePercent, worstMs, rows }, index) => {
      const shares = DOKIC_2021[index].rows.map(({ measuredMs }) => 25 / measuredMs);
      const mean = shares.reduce((a, b) => a + b) / shares.length;
      expect([mapePercent, worstMs]).toEqual([expect.closeTo(mean, 9), expect.closeTo(0.25, 9)]);
      expect(rows.map(({ errorMs }) => errorMs)).toEqual(rows.map(() => expect.closeTo(-0.25, 9)));
    });
  });
});

it('without readings both boards are read as the paper read them: the rest of the loop counts where its reading was a period', () => {
  const { boards } = reproducePaper();
  expect(boards.map(({ board, reading }) => [board, reading])).toEqual([
    ['maixduino', 'period'],
    ['openmv-h7-plus', 'pulse'],
  ]);
});
