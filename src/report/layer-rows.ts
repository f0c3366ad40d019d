import type { Prediction, StepCost } from '../simulate/prediction.ts';
import { formatShape } from './format.ts';

/** One step as a record of a table, units in the names; what is not known is empty. */
export type LayerRow = Readonly<Record<string, string | number>>;

const LONGEST_NAME = 28;

/** The part of a layer's name that tells it from others: converters join names with ";" and scopes with "/". */
export function shortLayer(layer = ''): string {
  const name = layer.split(';')[0];
  if (name.length <= LONGEST_NAME) return name;
  const tail = name.split('/').slice(-2).join('/');
  return tail.length <= LONGEST_NAME ? tail : `${tail.slice(0, LONGEST_NAME - 3)}...`;
}

const totalsMs = new WeakMap<Prediction['steps'], number>();

/** Time of all steps, added up once: a network may have 100,000. */
function totalMsOf(steps: Prediction['steps']): number {
  let total = totalsMs.get(steps);
  if (total === undefined) {
    total = steps.reduce((sum, step) => sum + step.durationMs, 0);
    totalsMs.set(steps, total);
  }
  return total;
}

/** Share of the call that a step takes, in percent. */
export function sharePercent({ durationMs }: StepCost, { steps }: Prediction): number {
  const total = totalMsOf(steps);
  return total > 0 ? (100 * durationMs) / total : 0;
}

/** Which steps are shown, and in which order. */
export interface StepChoice {
  readonly sort?: 'ms' | 'index' | undefined;
  readonly top?: number | undefined;
}

/** The steps that are asked for: as they run, or the longest first; all, or the first so many. */
export function chooseSteps<Step extends { readonly durationMs: number }>(
  steps: readonly Step[],
  { sort, top }: StepChoice,
): Step[] {
  const sorted = sort === 'ms' ? [...steps].sort((a, b) => b.durationMs - a.durationMs) : [...steps];
  return sorted.slice(0, top ?? sorted.length);
}

/** Steps of a prediction as records for CSV. */
export function layerRows(prediction: Prediction, choice: StepChoice): LayerRow[] {
  const { model, board } = prediction;
  return chooseSteps(prediction.steps, choice).map((step) => {
    const { index, node, op, unit, startMs, durationMs, macs, loadBytes, storeBytes, boundBy, rule, facts } =
      step;
    return {
      ...{ model, board, index, operator: node ?? '', op, layer: facts?.layer ?? '', unit },
      kernels: facts?.kernels ?? '',
      dtype: facts?.dtype ?? '',
      outputShape: facts?.outputShape ? formatShape(facts.outputShape) : '',
      ...{ startMs, durationMs, sharePercent: sharePercent(step, prediction), macs },
      macUtilizationPercent: facts?.macUtilizationPercent ?? '',
      ...{ loadBytes, weightBytes: facts?.weightBytes ?? '', storeBytes, boundBy, rule },
      traffic: (facts?.traffic ?? [])
        .map(({ memory, bytes, bytesPerSecond, peakBytesPerSecond }) => {
          const peak = peakBytesPerSecond === undefined ? '' : ` of ${Math.round(peakBytesPerSecond)}`;
          return `${memory} ${bytes} bytes ${Math.round(bytesPerSecond)}${peak} bytes/s`;
        })
        .join('; '),
    };
  });
}
