import type { Prediction } from '../../simulate/prediction.ts';
import type { LimitName, Limits } from './budget-file.ts';
import type { Movement, Verdict } from './check-results.ts';
import type { Measured } from './read-budget.ts';

/** Of these limits the value must be at least what is asked; of all others at most. */
const AT_LEAST: ReadonlySet<LimitName> = new Set(['accuracy']);

/** Each limit of a budget held against what was predicted; growth only where a baseline knows the model. */
export function judge(limits: Limits, measured: Measured, movement: Movement | undefined): Verdict[] {
  return (Object.entries(limits) as [LimitName, number | true][]).flatMap(([limit, allowed]) => {
    if (allowed === true) return [judgeSwitch(limit, measured.prediction)];
    const value = valueOf(limit, measured, movement);
    if (value === undefined) return [];
    return [{ limit, allowed, value, holds: AT_LEAST.has(limit) ? value >= allowed : value <= allowed }];
  });
}

function valueOf(
  limit: LimitName,
  { reading }: Measured,
  movement: Movement | undefined,
): number | undefined {
  const { latencyMs, flashBytes, ramBytes, arenaBytes, energyUj, accuracy } = reading;
  const values: Partial<Record<LimitName, number | undefined>> = {
    ...{ latencyMs: latencyMs.value, latencyHighMs: latencyMs.high },
    latencyGrowthPercent: movement && 100 * (movement.latencyMs.after / movement.latencyMs.before - 1),
    ...{ flashBytes, ramBytes, arenaBytes, energyUj, accuracy },
  };
  return values[limit];
}

function judgeSwitch(limit: LimitName, prediction: Prediction): Verdict {
  const broken = limit === 'fits' ? partsThatDoNotFit(prediction) : layersOnCore(prediction);
  return {
    ...{ limit, allowed: true, value: broken.length, holds: broken.length === 0 },
    ...(broken.length > 0 && { detail: broken.join('; ') }),
  };
}

function partsThatDoNotFit({ memory }: Prediction): string[] {
  return memory.parts
    .filter(({ fits }) => !fits)
    .map(({ name, memory: id, bytes, availableBytes }) => {
      return `${name} takes ${bytes} of ${availableBytes} bytes in ${id}`;
    });
}

/** Layers with multiply-accumulates that no accelerator takes. */
function layersOnCore({ placement, steps }: Prediction): string[] {
  const macsOf = (node: number) =>
    steps.filter((step) => step.node === node).reduce((sum, { macs }) => sum + macs, 0);
  return placement
    .filter(({ index, unit }) => unit === 'core' && macsOf(index) > 0)
    .map(({ index, op, rule, reason }) => `${op} (op ${index}) by the rule ${rule}: ${reason}`);
}
