import type { Prediction, StepCost } from '../../simulate/prediction.ts';
import { asClause } from './explain.ts';
import { formatMs, formatSigned } from '../format.ts';
import { movesBetween, sideOf, sumByKind, type KindSum, type Move } from './step-moves.ts';

type PlacedLayer = Prediction['placement'][number];

/** Steps that only one of two models has (beforeMs or afterMs is 0), or that both have. */
export interface StepDifference {
  readonly op: string;
  readonly unit: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly deltaMs: number;
}

/** A layer that another rule places in the second model, or whose operands had to move to another memory. */
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
  /** Where the first one runs, if elsewhere. */
  readonly fromBoard?: string;
  readonly deltaMs: number;
  /** Change of the steps that both models have, but for those that a rule of `rules` explains. */
  readonly growthMs: number;
  readonly steps: readonly StepDifference[];
  readonly rules: readonly RuleChange[];
  /** Operator by operator; their `deltaPs` add up to the difference, to the picosecond. */
  readonly moves: readonly Move[];
  /** The moves summed by operator, the largest change first. */
  readonly kinds: readonly KindSum[];
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

/** What neither a rule nor a step that only one of both has explains. */
function growthOf(
  from: Prediction,
  to: Prediction,
  rules: readonly RuleChange[],
  moves: readonly Move[],
): number {
  const lonely = moves.filter(({ beforeMs, afterMs }) => beforeMs === 0 || afterMs === 0);
  const told = [...rules.map(({ costMs }) => costMs), ...lonely.map(({ deltaMs }) => deltaMs)];
  return to.latencyMs.value - from.latencyMs.value - told.reduce((total, ms) => total + ms, 0);
}

/** Pairs of steps of one operator whose operands lie in other memories than before. */
function findMemoryChanges(from: Prediction, to: Prediction, moves: readonly Move[]): RuleChange[] {
  return moves.flatMap((move) => {
    const cause = move.causes.find(({ rule }) => rule.startsWith('memory/'));
    const isPlaced = move.causes.some(({ rule }) => rule.startsWith('ncc/') || rule === 'board');
    const [before, after] = [stepOf(from, move.fromNode), stepOf(to, move.toNode)];
    if (!cause || isPlaced || !before || !after) return [];
    const step = differ(move.op, after.unit, move.beforeMs, move.afterMs);
    const cost = `This costs ${formatSigned(move.deltaMs, 3)} ms`;
    return [
      {
        ...{ node: after.node!, op: move.op, fromUnit: before.unit, toUnit: after.unit },
        ...{ fromRule: before.rule, toRule: cause.rule, fromReason: before.reason, toReason: cause.text },
        ...{ costMs: move.deltaMs, steps: [step] },
        sentence: `${move.what}: ${move.causes.map(({ text }) => asClause(text)).join('; ')}. ${cost}.`,
      },
    ];
  });
}

function stepOf({ steps }: Prediction, node: number | null): StepCost | undefined {
  return node === null ? undefined : steps.find((step) => step.node === node);
}

function tell(a: Prediction, b: Prediction, rules: readonly RuleChange[], growthMs: number): string {
  const deltaMs = b.latencyMs.value - a.latencyMs.value;
  const more = `${formatMs(Math.abs(deltaMs))} ${deltaMs < 0 ? 'less' : 'more'}`;
  const values = `${formatMs(b.latencyMs.value)} instead of ${formatMs(a.latencyMs.value)}`;
  const other = a.board === b.board ? a.model : `${a.model === b.model ? '' : `${a.model} `}on ${a.board}`;
  const start = `On ${b.board}, ${b.model} takes ${more} than ${other} (${values}).`;
  const growth = `The steps that both have change by ${formatSigned(growthMs, 3)} ms.`;
  return [start, ...rules.map((rule) => rule.sentence), growth].join(' ');
}

/**
 * Why the second prediction takes another time than the first: rules that changed, memories that were outgrown, and growth.
 * The boards may differ; the moves then say so.
 */
export function explainDifference(from: Prediction, to: Prediction): Difference {
  const aligned = alignSteps(from.steps, to.steps);
  const moves = movesBetween(sideOf(from), sideOf(to));
  const placed = from.board === to.board ? findRuleChanges(from, to, aligned) : [];
  const moved = findMemoryChanges(from, to, moves);
  const rules = [...placed, ...moved];
  const growthMs = growthOf(from, to, rules, placed.length > 0 ? [] : moves);
  return {
    from: from.model,
    to: to.model,
    board: to.board,
    ...(from.board !== to.board && { fromBoard: from.board }),
    deltaMs: to.latencyMs.value - from.latencyMs.value,
    growthMs,
    steps: differencesOf(aligned),
    rules,
    moves,
    kinds: sumByKind(moves),
    sentence: tell(from, to, rules, growthMs),
  };
}
