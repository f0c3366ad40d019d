import type { Board } from '../boards/board/board.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import { planNccTimeline } from './ncc/ncc-timeline.ts';
import { chosenOptions, kernelsOf, type DeployOptions } from './options.ts';
import type { MemoryTimeline } from './program.ts';
import { planTflmTimeline } from './tflm/tflm-timeline.ts';

/** What the board's toolchain keeps in memory at each step, for a board that `deploy` takes. */
export function planTimeline(model: Model, board: Board, asked: DeployOptions = {}): MemoryTimeline {
  const options = chosenOptions(board, asked);
  if (isKmodel(model) || board.runtime.toolchain === 'ncc') return planNccTimeline(model, board, options);
  return planTflmTimeline(model, kernelsOf(board, options), board.runtime.placement.activations);
}
