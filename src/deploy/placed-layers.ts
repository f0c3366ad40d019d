import { operatorsOf, type Model } from '../models/formats/model.ts';
import type { Program, Reason, Step } from './program.ts';

/** Where one operator of the model runs, and why; `index` is its position in the model. */
export interface PlacedLayer extends Reason {
  readonly index: number;
  readonly op: string;
  readonly unit: string;
  /** What the toolchain makes of it, conversions and copies included. */
  readonly steps: readonly { readonly op: string; readonly unit: string; readonly rule: string }[];
}

const FUSED = {
  unit: '-',
  rule: 'no-step',
  reason: 'the toolchain fuses it into another layer or removes it, so it has no step of its own',
};

/** Unit, rule and reason of each operator of the model, from the steps that a toolchain made of it. */
export function placeLayers(model: Model, { steps }: Program): PlacedLayer[] {
  const stepsOf = byNode(steps);
  return operatorsOf(model).map((op, index) => {
    const own = stepsOf.get(index) ?? [];
    const main = mainStep(own);
    const placed = main ? { unit: main.unit, ...main.placement } : FUSED;
    return {
      index,
      op,
      ...placed,
      steps: own.map((step) => ({ op: step.op, unit: step.unit, rule: step.placement.rule })),
    };
  });
}

function byNode(steps: readonly Step[]): Map<number, Step[]> {
  const found = new Map<number, Step[]>();
  for (const step of steps) {
    if (step.node === null) continue;
    const own = found.get(step.node);
    if (own) own.push(step);
    else found.set(step.node, [step]);
  }
  return found;
}

/** The step that does the operator's own work: the one with the most MACs, the first of equals. */
function mainStep(steps: readonly Step[]): Step | undefined {
  return steps.reduce<Step | undefined>(
    (best, step) => (best && best.work.macs >= step.work.macs ? best : step),
    undefined,
  );
}
