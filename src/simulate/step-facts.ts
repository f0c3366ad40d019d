import type { Board, CostRow, CountCondition } from '../boards/board/board.ts';
import { findCostRow } from '../boards/pricing/cost-rows.ts';
import { countsOf } from '../boards/pricing/cost.ts';
import type { Program, Step } from '../deploy/program.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import type { StepCost, StepFacts } from './prediction.ts';

/** The steps of a prediction with what each works on and with. */
export function withFacts(
  steps: readonly StepCost[],
  program: Program,
  model: Model,
  board: Board,
): StepCost[] {
  return steps.map((cost, index) => {
    const step = program.steps[index];
    const path = pathOf(step, board);
    const facts: StepFacts = {
      ...resultOf(step, model),
      kernels: step.kernels,
      dtype: step.dtype,
      memories: step.memories,
      weightBytes: step.work.weightBytes,
      ...(path !== undefined && { path }),
    };
    return { ...cost, facts };
  });
}

/** Name and shape of what the operator of a step makes. */
function resultOf({ node }: Step, model: Model): Pick<StepFacts, 'layer' | 'outputShape'> {
  if (node === null || isKmodel(model)) return {};
  const tensor = model.tensors[model.nodes[node]?.outputs[0]];
  return tensor ? { layer: tensor.name, outputShape: tensor.shape } : {};
}

/** The path that a kernel takes for the step's geometry, in words; undefined where its library has only one. */
function pathOf({ unit: id, op, dtype, kernels, work }: Step, { units }: Board): string | undefined {
  const unit = units.find((candidate) => candidate.id === id);
  if (unit?.kind !== 'core') return undefined;
  const when = findCostRow(unit, op, dtype, kernels, countsOf(work))?.when;
  return when && describeWhen(when);
}

function describeWhen(when: NonNullable<CostRow['when']>): string {
  return Object.entries(when)
    .map(([count, condition]) => `${count} ${describeCondition(condition)}`)
    .join(', ');
}

function describeCondition(condition: CountCondition): string {
  if (typeof condition === 'number') return `${condition}`;
  const { min, max, multipleOf } = condition;
  return [
    ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ].join(' and ');
}
