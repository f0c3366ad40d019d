import type { Board } from '../boards/board/board.ts';
import { asClause } from '../report/explanation/explain.ts';
import type { Prediction, StepCost } from '../simulate/prediction.ts';
import { formatShortMs } from './short-ms.ts';

function longestOf(steps: readonly StepCost[]): StepCost | undefined {
  return steps.reduce<StepCost | undefined>(
    (most, step) => (most === undefined || step.durationMs > most.durationMs ? step : most),
    undefined,
  );
}

const isAccelerated = (board: Board, step: StepCost) =>
  board.units.find(({ id }) => id === step.unit)?.kind === 'kpu';

/** How long the accelerator works, where there is one, and which step takes longest, with its reason. */
export function headlineOf({ steps, latencyMs }: Prediction, board: Board): string {
  const longest = longestOf(steps);
  if (longest === undefined) return 'The network has no step that takes time.';
  const on = board.units.find(({ id }) => id === longest.unit)?.kind === 'kpu' ? 'accelerator' : 'core';
  const why = `Longest: ${longest.op} on the ${on}, ${formatShortMs(longest.durationMs)}: ${asClause(longest.reason)}.`;
  if (!board.units.some(({ kind }) => kind === 'kpu')) return why;
  const acceleratedMs = steps
    .filter((step) => isAccelerated(board, step))
    .reduce((sum, step) => sum + step.durationMs, 0);
  return `The accelerator works for ${formatShortMs(acceleratedMs)} of ${formatShortMs(latencyMs.value)}. ${why}`;
}
