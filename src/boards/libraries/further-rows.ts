import { partsWereLoaded } from '../board/loaded-parts.ts';
import type { CostRow } from '../board/board.ts';
import type { CountedTable } from './counted-table.ts';
import type { CountedKernel } from './counted-rows.ts';

/** What costs have beyond those of the published network in float32 and int8. */
export interface FurtherRows {
  /** Counted kernels of a Cortex-M7 by name of their build, with "=" in the place of each line of its published table. */
  readonly tables: Readonly<Record<string, CountedTable>>;
  /** Of OpenMV's library. */
  readonly libtf: readonly CountedKernel[];
  /** Rows of the reference kernels at -O3, which OpenMV's library takes for bytes without a sign. */
  readonly reference: () => readonly CostRow[];
  /** Kernels of a library that nobody counted, by likeness to its counted ones, whose source is given. */
  readonly alike: (counted: readonly CountedKernel[], source: string) => CountedKernel[];
  /** Rows of 16-bit activations, by likeness to those of a library. */
  readonly int16Rows: (costs: readonly CostRow[]) => CostRow[];
  /** Rows of bytes without a sign of a library, by likeness to the reference's. */
  readonly uint8Rows: (reference: readonly CostRow[], kernels: string) => CostRow[];
  /** Of layers of a kmodel that the converter of the published bench never writes, for a runtime's kernels. */
  readonly nodeRows: (kernels: string) => CostRow[];
}

let further: Partial<FurtherRows> = {};

/** Those that are loaded. */
export const furtherRows = (): Partial<FurtherRows> => further;

/** Loads some, from now on; `load-further-rows.ts` has all. */
export function setFurtherRows(rows: Partial<FurtherRows>): void {
  if (Object.keys(rows).every((name) => Object.hasOwn(further, name))) return;
  further = { ...further, ...rows };
  partsWereLoaded();
}
