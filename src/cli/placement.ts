import type { Board } from '../boards/board.ts';
import { deploy } from '../deploy/index.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { Step } from '../deploy/program.ts';
import type { Graph } from '../models/graph.ts';
import { formatTable } from '../report/table.ts';

/** One operator of `place --json`; `index` is its position in the model. */
export interface PlacedLayer {
  readonly index: number;
  readonly op: string;
  readonly unit: string;
  readonly rule: string;
  readonly reason: string;
  /** What the toolchain makes of it, conversions and copies included. */
  readonly steps: readonly { readonly op: string; readonly unit: string; readonly rule: string }[];
}

const FUSED = {
  unit: '-',
  rule: 'no-step',
  reason: 'the toolchain fuses it into another layer or removes it, so it has no step of its own',
};

/** The step that does the operator's own work: the one with the most MACs, the first of equals. */
function mainStep(steps: readonly Step[]): Step | undefined {
  return steps.reduce<Step | undefined>(
    (best, step) => (best && best.work.macs >= step.work.macs ? best : step),
    undefined,
  );
}

/** Unit, rule and reason of each operator of the model. Throws what `deploy` throws. */
export function placeLayers(graph: Graph, board: Board, options: DeployOptions): PlacedLayer[] {
  const program = deploy(graph, board, options);
  return graph.nodes.map(({ op }, index) => {
    const own = program.steps.filter(({ node }) => node === index);
    const main = mainStep(own);
    const placed = main ? { unit: main.unit, ...main.placement } : FUSED;
    const steps = own.map(({ op, unit, placement }) => ({ op, unit, rule: placement.rule }));
    return { index, op, ...placed, steps };
  });
}

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'op' },
  { title: 'unit' },
  { title: 'rule' },
  { title: 'reason', maxWidth: 60 },
] as const;

export function formatPlacement(layers: readonly PlacedLayer[]): string {
  const rows = layers.map(({ index, op, unit, rule, reason }) => [`${index}`, op, unit, rule, reason]);
  return formatTable(COLUMNS, rows);
}
