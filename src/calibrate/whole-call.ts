import { boardById } from '../boards/index.ts';
import { priceCoreStep } from '../boards/pricing/cost.ts';
import type { Board, CoreUnit } from '../boards/board/board.ts';
import { deploy } from '../deploy/index.ts';
import type { Step } from '../deploy/program.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import type { Graph } from '../models/graph/graph.ts';
import { WHOLE_CALL_FILTERS, WHOLE_CALLS } from './measurements/whole-call-counts.ts';

export interface WholeCallRow {
  readonly dtype: 'float32' | 'int8';
  readonly kernel: number;
  readonly filters: number;
  /** Instructions, like `predicted`. */
  readonly measured: number;
  readonly predicted: number;
  readonly errorPercent: number;
}

const BOARD = 'openmv-h7-plus';

/** Steps of the firmware around libtf_invoke, which the counting leaves out. */
const OUTSIDE: ReadonlySet<string> = new Set(['micropython-call', 'output-list']);

function instructionsOf(step: Step, board: Board): number {
  const unit = board.units.find(({ id }) => id === step.unit) as CoreUnit;
  return priceCoreStep(unit, step, board).instructions;
}

/** Instructions that one libtf_invoke of a model takes by the board's cost rows. */
export function wholeCallInstructions(graph: Graph): number {
  const board = boardById(BOARD);
  return deploy(graph, board)
    .steps.filter(({ op }) => !OUTSIDE.has(op))
    .reduce((sum, step) => sum + instructionsOf(step, board), 0);
}

/** The counted whole calls of the paper's network beside the sum of the cost rows, interpreter included. */
export function wholeCallRows(): WholeCallRow[] {
  return WHOLE_CALLS.flatMap(({ dtype, kernel, instructions }) =>
    WHOLE_CALL_FILTERS.map((filters, index) => {
      const measured = instructions[index];
      const predicted = wholeCallInstructions(paperCnn({ filters, kernel, dtype }));
      const errorPercent = (100 * (predicted - measured)) / measured;
      return { dtype, kernel, filters, measured, predicted, errorPercent };
    }),
  );
}

/** Largest error, in percent, of the float32 calls with 3x3 kernels: 30,637 + 79,808 F instructions. */
export function worstWholeCallPercent(): number {
  const rows = wholeCallRows().filter(({ dtype, kernel }) => dtype === 'float32' && kernel === 3);
  return Math.max(...rows.map(({ errorPercent }) => Math.abs(errorPercent)));
}
