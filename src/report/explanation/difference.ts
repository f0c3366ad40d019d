import type { Prediction, StepCost } from '../../simulate/prediction.ts';
import { asClause } from './explain.ts';
import { formatMs, formatSigned } from '../format.ts';

type PlacedLayer = Prediction['placement'][number];

/** Steps that only one of two models has (beforeMs or afterMs is 0), or that both have. */
export interface StepDifference {
  readonly op: string;
  readonly unit: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly deltaMs: number;
}

/** A layer that another rule places in the second model. */
export interface RuleChange {
  readonly node: number;
  readonly op: string;
  readonly fromUnit: string;
  readonly toUnit: string;
  readonly fromRule: string;
  readonly toRule: string;
  readonly fromReason: string;
  readonly toReason: string;
  /** What the steps that came cost, less what the steps that went had cost. */
  readonly costMs: number;
  readonly steps: readonly StepDifference[];
  readonly sentence: string;
}

/** Why a model takes longer than another, or less, on the same board. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly board: string;
  readonly deltaMs: number;
  /** Change of the steps that both models have. */
  readonly growthMs: number;
  readonly steps: readonly StepDifference[];
  readonly rules: readonly RuleChange[];
  readonly sentence: string;
}

interface Aligned {
  readonly pairs: readonly (readonly [StepCost, StepCost])[];
  readonly gone: readonly StepCost[];
  readonly come: readonly StepCost[];
}

const isSameKind = (a: StepCost, b: StepCost) => a.op === b.op && a.unit === b.unit;

/** Lengths of the longest common subsequences of the tails of two step lists. */
function commonLengths(a: readonly StepCost[], b: readonly StepCost[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      lengths[i][j] = isSameKind(a[i], b[j]) ? lengths[i + 1][j + 1] + 1 : skip;
    }
  }
  return lengths;
}

function alignSteps(a: readonly StepCost[], b: readonly StepCost[]): Aligned {
  const lengths = commonLengths(a, b);
  const pairs: [StepCost, StepCost][] = [];
  const gone: StepCost[] = [];
  const come: StepCost[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [before, after] = [a[i], b[j]];
    if (before && after && isSameKind(before, after)) {
      pairs.push([before, after]);
      i++;
      j++;
    } else if (after && (!before || lengths[i][j + 1] > lengths[i + 1][j])) {
      come.push(after);
      j++;
    } else if (before) {
      gone.push(before);
      i++;
    }
  }
  return { pairs, gone, come };
}

function differ(op: string, unit: string, beforeMs: number, afterMs: number): StepDifference {
  return { op, unit, beforeMs, afterMs, deltaMs: afterMs - beforeMs };
}

function differencesOf({ pairs, gone, come }: Aligned): StepDifference[] {
  return [
    ...pairs.map(([a, b]) => differ(a.op, a.unit, a.durationMs, b.durationMs)),
    ...gone.map((step) => differ(step.op, step.unit, step.durationMs, 0)),
    ...come.map((step) => differ(step.op, step.unit, 0, step.durationMs)),
  ];
}

const sum = (steps: readonly StepDifference[]) => steps.reduce((total, { deltaMs }) => total + deltaMs, 0);

function listSteps(steps: readonly StepDifference[]): string {
  return steps.map(({ op, unit, deltaMs }) => `${op} on ${unit} ${formatSigned(deltaMs, 3)}`).join(', ');
}

function tellRule(before: PlacedLayer, after: PlacedLayer, steps: readonly StepDifference[]): string {
  const what = `${after.op} (op ${after.index})`;
  const move =
    before.unit === after.unit
      ? `${what} stays on ${after.unit} under another rule`
      : `${what} moves from ${before.unit} to ${after.unit}`;
  const cost = `This costs ${formatSigned(sum(steps), 3)} ms: ${listSteps(steps)}`;
  return `${move}, by the rule ${after.rule}: ${asClause(after.reason)}. ${cost}.`;
}

function ruleChange(before: PlacedLayer, after: PlacedLayer, steps: readonly StepDifference[]): RuleChange {
  return {
    node: after.index,
    op: after.op,
    fromUnit: before.unit,
    toUnit: after.unit,
    fromRule: before.rule,
    toRule: after.rule,
    fromReason: before.reason,
    toReason: after.reason,
    costMs: sum(steps),
    steps,
    sentence: tellRule(before, after, steps),
  };
}

/** Layers placed by another rule; steps that belong to no such layer are counted with the first. */
function findRuleChanges(a: Prediction, b: Prediction, { gone, come }: Aligned): RuleChange[] {
  const changes = b.placement.flatMap((after) => {
    const before = a.placement.find(({ index, op }) => index === after.index && op === after.op);
    return before && before.rule !== after.rule ? [[before, after] as const] : [];
  });
  const nodes = changes.map(([, after]) => after.index);
  const ownerOf = ({ node }: StepCost) => (node !== null && nodes.includes(node) ? node : nodes[0]);
  return changes.map(([before, after]) => {
    const isOwn = (step: StepCost) => ownerOf(step) === after.index;
    const own = { pairs: [], gone: gone.filter(isOwn), come: come.filter(isOwn) };
    return ruleChange(before, after, differencesOf(own));
  });
}

function tell(a: Prediction, b: Prediction, rules: readonly RuleChange[], growthMs: number): string {
  const deltaMs = b.latencyMs.value - a.latencyMs.value;
  const more = `${formatMs(Math.abs(deltaMs))} ${deltaMs < 0 ? 'less' : 'more'}`;
  const values = `${formatMs(b.latencyMs.value)} instead of ${formatMs(a.latencyMs.value)}`;
  const start = `On ${b.board}, ${b.model} takes ${more} than ${a.model} (${values}).`;
  const growth = `The steps that both have change by ${formatSigned(growthMs, 3)} ms.`;
  return [start, ...rules.map((rule) => rule.sentence), growth].join(' ');
}

/** Why the second model takes another time than the first on the same board: rules that changed, and growth. */
export function explainDifference(from: Prediction, to: Prediction): Difference {
  const aligned = alignSteps(from.steps, to.steps);
  const rules = findRuleChanges(from, to, aligned);
  const growthMs = sum(differencesOf({ ...aligned, gone: [], come: [] }));
  return {
    from: from.model,
    to: to.model,
    board: to.board,
    deltaMs: to.latencyMs.value - from.latencyMs.value,
    growthMs,
    steps: differencesOf(aligned),
    rules,
    sentence: tell(from, to, rules, growthMs),
  };
}
