import { partsWereLoaded } from '../board/loaded-parts.ts';
import type { CountedTable } from './counted/counted-table.ts';
import type { CountedKernel } from './counted-rows.ts';

/** Counted kernels of a Cortex-M7 beyond those of the published network. */
export interface FurtherRows {
  /** By name of their build, with "=" in the place of each line of its published table. */
  readonly tables: Readonly<Record<string, CountedTable>>;
  /** Of OpenMV's library. */
  readonly libtf: readonly CountedKernel[];
  /** Of the reference kernels at -O3, which OpenMV's library takes for bytes without a sign. */
  readonly reference: readonly CountedKernel[];
}

let further: FurtherRows | undefined;

/** Undefined until they are loaded. */
export const furtherRows = (): FurtherRows | undefined => further;

/** Loads them, from now on; `load-further-rows.ts` has them. */
export function setFurtherRows(rows: FurtherRows): void {
  if (further) return;
  further = rows;
  partsWereLoaded();
}
