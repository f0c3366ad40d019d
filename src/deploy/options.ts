import type { Board } from '../boards/board.ts';
import { SpecError } from '../errors.ts';

/** What a user may choose about the deployment; everything absent is the board's default. */
export interface DeployOptions {
  /** Kernel library, one of the board's `runtime.kernels`. */
  readonly kernels?: string;
  /** Memory id for the model file, where the firmware offers a choice. */
  readonly weightsIn?: string;
  /** ncc's --float-fc: every Dense stays on the CPU. */
  readonly floatFc?: boolean;
  /** Who copies a KPU result to main memory, where the firmware offers a choice; the CPU unless given. */
  readonly copyOut?: 'cpu' | 'dma';
}

/** The kernel library that was asked for, or the board's default. Throws a SpecError that lists what there is. */
export function kernelsOf(board: Board, { kernels }: DeployOptions): string {
  const known = board.runtime.kernels;
  if (kernels === undefined) return known[0]!;
  if (known.includes(kernels)) return kernels;
  throw new SpecError(
    `board "${board.id}" has no kernel library "${kernels}"; choose from ${known.join(', ')}`,
  );
}
