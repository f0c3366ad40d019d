import type { Prediction, StepCost, StepFacts } from '../../simulate/prediction.ts';
import { psFromMs, type Ps } from '../../units.ts';

/**
 * A part of an inference that can be found again in another: an operator of the model with all its steps, or one step
 * of the runtime. Plain data, so that a baseline keeps it.
 */
export interface Part {
  /** Position of the operator in the model; null for work of the runtime. */
  readonly node: number | null;
  readonly op: string;
  readonly layer?: string;
  readonly unit: string;
  readonly rule: string;
  readonly reason: string;
  readonly durationPs: Ps;
  readonly macs: number;
  /** Bytes of the operator's activations and weights: read, written, constant. */
  readonly loadBytes: number;
  readonly storeBytes: number;
  readonly weightBytes: number;
  readonly kernels?: string;
  /** Element type that the kernel computes in. */
  readonly dtype?: string;
  readonly path?: string;
  readonly memories?: StepFacts['memories'];
  /** What the largest share of the time goes to. */
  readonly boundBy: string;
}

/** Parts of a prediction in order; their spans add up to its latency, to the picosecond. */
export function partsOf(prediction: Prediction): Part[] {
  const spans = wholeSpans(prediction.steps);
  const groups = new Map<number | string, { steps: StepCost[]; durationPs: Ps }>();
  prediction.steps.forEach((step, at) => {
    const key = step.node ?? `runtime ${at}`;
    const group = groups.get(key);
    if (group) {
      group.steps.push(step);
      group.durationPs += spans[at];
    } else groups.set(key, { steps: [step], durationPs: spans[at] });
  });
  const parts = [...groups.values()].map(({ steps, durationPs }) => partOf(steps, durationPs, prediction));
  const restPs =
    psFromMs(prediction.latencyMs.value) - parts.reduce((sum, { durationPs }) => sum + durationPs, 0);
  return restPs === 0 ? parts : [...parts, waiting(restPs)];
}

/** Spans in whole picoseconds whose sum is that of the steps: sums are rounded, and each span is what one adds. */
function wholeSpans(steps: readonly StepCost[]): Ps[] {
  let sumMs = 0;
  let before = 0;
  return steps.map(({ durationMs }) => {
    const after = psFromMs((sumMs += durationMs));
    const span = after - before;
    before = after;
    return span;
  });
}

function partOf(steps: readonly StepCost[], durationPs: Ps, { placement }: Prediction): Part {
  const main = steps.reduce((best, step) => (best.macs >= step.macs ? best : step));
  const placed = placement.find(({ index }) => index === main.node);
  const { unit, rule, reason, boundBy, facts } = main;
  return {
    node: main.node,
    op: placed?.op ?? main.op,
    ...(facts?.layer !== undefined && { layer: facts.layer }),
    ...{ unit, rule: placed?.rule ?? rule, reason: placed?.reason ?? reason, durationPs },
    macs: main.macs,
    loadBytes: main.loadBytes,
    storeBytes: main.storeBytes,
    weightBytes: steps.reduce((sum, step) => sum + (step.facts?.weightBytes ?? 0), 0),
    ...(facts && { kernels: facts.kernels, dtype: facts.dtype, memories: facts.memories }),
    ...(facts?.path !== undefined && { path: facts.path }),
    boundBy,
  };
}

function waiting(durationPs: Ps): Part {
  return {
    ...{ node: null, op: 'between the steps', unit: '-', rule: 'no-step', boundBy: 'waiting', durationPs },
    reason: 'what passes between the end of one step and the start of the next',
    ...{ macs: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0 },
  };
}
