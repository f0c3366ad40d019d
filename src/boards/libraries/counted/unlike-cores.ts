import type { CostRow } from '../../board/board.ts';
import type { CountedKernel } from '../counted-rows.ts';

/** Estimates of kernels that nobody counted, for a core that takes so many times the instructions of the counted M7. */
export const timesOfM7 =
  (times: Readonly<Record<'float32' | 'int8', number>>) =>
  ({ instructions = {}, source, ...kernel }: CountedKernel): CountedKernel => {
    const factor = kernel.dtype === 'float32' ? times.float32 : times.int8;
    const scaled = Object.entries(instructions).map(([term, value]) => [term, value * factor] as const);
    return {
      ...kernel,
      instructions: Object.fromEntries(scaled),
      source: `${source}; ${factor} times that of a Cortex-M7, as its counted kernels are on average`,
    };
  };

/** Rows of a build that was not counted, by those of one that was: what is an estimate anyway is the same row in all. */
export const countedElsewhere =
  (where: string) =>
  (row: CostRow): CostRow =>
    row.grade === 'estimated'
      ? row
      : { ...row, grade: 'estimated', source: `not counted; as ${where}; ${row.source}` };
