import type { Board } from '../boards/board.ts';
import type { Graph } from '../models/graph.ts';
import { planNccTimeline } from './ncc/timeline.ts';
import { kernelsOf, type DeployOptions } from './options.ts';
import type { MemoryTimeline } from './program.ts';
import { planTflmTimeline } from './tflm/timeline.ts';

/** What the board's toolchain keeps in memory at each step, for a board that `deploy` takes. */
export function planTimeline(graph: Graph, board: Board, options: DeployOptions = {}): MemoryTimeline {
  if (board.runtime.toolchain === 'ncc') return planNccTimeline(graph, board, options);
  return planTflmTimeline(graph, kernelsOf(board, options), board.runtime.placement.activations!);
}
