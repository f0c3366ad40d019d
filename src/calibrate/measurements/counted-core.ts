import type { CostRow } from '../../boards/board/board.ts';
import { COUNTED_LIBRARIES } from '../../boards/libraries/counted-libraries.ts';
import type { Identity } from './row-identity.ts';

/** Cores by what they compute with, the first that fits; any other is taken as the last, one with a small FPU. */
const ALIKE: readonly (readonly [core: RegExp, counted: string])[] = [
  [/^cortex-m0/, 'cortex-m0plus none'],
  [/^cortex-m(55|85)/, 'cortex-m55 double'],
  [/^cortex-m(33|23|35)/, 'cortex-m33 single'],
  [/^cortex-m7/, 'cortex-m7 double'],
  [/rv32|risc-v/, 'rv32imac none'],
  [/^/, 'cortex-m4 single'],
];

/** Lines of chips with a Cortex-M7 whose unit computes in single precision. */
const SINGLE_PRECISION = /^stm32f7$/;

/** Cores whose own counts lack these kernels take those of a Cortex-M4. */
const FALLBACK = 'cortex-m4 single';

const costs = new Map<string, readonly CostRow[]>();

function costsOf(counted: string): readonly CostRow[] {
  let rows = costs.get(counted);
  if (!rows) {
    rows = COUNTED_LIBRARIES.filter(({ core, fpu }) => `${core} ${fpu}` === counted).flatMap(
      (library) => library.costs,
    );
    costs.set(counted, rows);
  }
  return rows;
}

/** Which counted core stands for a run's. */
export function countedCoreOf({ core, family, dtype }: Identity): string {
  const counted = ALIKE.find(([pattern]) => pattern.test(core))![1];
  if (counted === 'cortex-m7 double' && SINGLE_PRECISION.test(family)) return 'cortex-m7 single';
  // Cores with a unit of their own but no counted build: a soft one would be twenty times too slow.
  return counted === 'rv32imac none' && dtype === 'float32' ? FALLBACK : counted;
}

/** Cost rows of one counted core after another. */
export type CountedRows = readonly { readonly costs: readonly CostRow[] }[];

const searched = new Map<string, CountedRows>();

/** Cost rows of a counted core, those that it lacks behind them. */
export function countedCosts(counted: string): CountedRows {
  let rows = searched.get(counted);
  if (!rows) {
    rows = [...new Set([counted, FALLBACK])].map((core) => ({ costs: costsOf(core) }));
    searched.set(counted, rows);
  }
  return rows;
}
