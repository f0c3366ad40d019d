import type { KernelCall } from '../../kernels/definition/kernel-limits.ts';
import type { Board, ProgramUnit } from '../board/board.ts';
import type { PricedPart } from '../pricing/cost.ts';
import type { Offload } from './offload.ts';
import type { OffloadCycles } from './offload-cycles.ts';

/** Where an operator runs on a board with an accelerator, by which rule and why. */
export interface OffloadPlace {
  /** Absent where the core runs it. */
  readonly unit?: string;
  readonly kernels?: string;
  readonly offload?: Offload;
  readonly placement: { readonly rule: string; readonly reason: string };
}

export type PlaceOf = (op: string, call: KernelCall) => OffloadPlace;

/** What libraries of accelerators make of operators, and what that takes. */
export interface ProgramKernels {
  /** Where operators run on a board; undefined where it has no such accelerator. */
  placerOf(board: Board): PlaceOf | undefined;
  cyclesOf(unit: ProgramUnit, offload: Offload): OffloadCycles;
  /** The cycles as parts that add up to the whole. */
  priceOf(
    unit: ProgramUnit,
    offload: Offload,
  ): { readonly parts: readonly PricedPart[]; readonly totalCoreCycles: number };
}

/**
 * Empty until `load-program-kernels.ts` fills it, which everything does that puts boards with such accelerators together: a
 * page whose boards have none has none of it.
 */
export const PROGRAM_KERNELS: Partial<ProgramKernels> = {};

/** The board's accelerator whose programs the core writes. */
export function programUnitOf({ units }: Pick<Board, 'units'>): ProgramUnit | undefined {
  return units.find((unit) => unit.kind === 'programs');
}
