import type { Board } from '../../boards/board/board.ts';
import { changeFactor, type FittedTime } from '../../simulate/fitted-times.ts';
import { coreHzOf } from '../../simulate/schedule.ts';
import type { SetupChange } from '../../simulate/setup.ts';

/**
 * Share of a run that a core may wait for memories and the simulation not know, one standard deviation: the most
 * likely by five published pairs of boards at two clocks (docs/hardware/measured.md#facts-in-the-rows), as the test works out.
 */
const UNKNOWN_WAIT = 0.07;

/**
 * Of the logarithm by which anything else changes a run's cycles (memories beside another clock, a cache, a placement, a
 * flag), how much may be off: an estimate, no published pair of rows differs in one of them alone.
 */
const CYCLES_SHARE = 0.3;

/**
 * Standard deviation of the logarithm of what a core's clock makes of a time, where it is `ratio` times what it was: the time
 * that the core waits stays while what it computes takes 1 / ratio. A slower core hides it: the doubt ends at the share itself.
 */
export function clockSigma(ratio: number, share = UNKNOWN_WAIT): number {
  return (share * Math.abs(ratio - 1)) / (1 - share + share * ratio);
}

/** Standard deviation of the logarithm of what changes make of a fitted time; `board` has the clocks that were asked for. */
export function changeSigma(
  found: FittedTime,
  simulatedMs: number,
  board: Board,
  changes: readonly SetupChange[],
): number {
  const ratio = coreHzOf(board) / coreHzOf(found.asBuilt);
  const cycles = changeFactor(found, simulatedMs) * ratio;
  return Math.hypot(clockSigma(ratio), CYCLES_SHARE * Math.log(cycles), ...changes.map(({ sigma }) => sigma));
}
