import type { Board } from '../../boards/board/board.ts';
import { withClocks } from '../../simulate/predict.ts';
import type { Prediction, StepCost } from '../../simulate/prediction.ts';
import { clockHzOn, parseClock } from '../study/clock-axis.ts';
import type { PointPredictor } from '../evaluate/point-predictor.ts';
import { ascending, type BoardComparison, type CrossoverPoint } from './compare-boards.ts';
import { orRefusal, type Refusal } from '../evaluate/failure-reason.ts';
import type { DesignPoint, DesignSpace } from '../study/space.ts';
import type { AxisValue } from '../study/axis.ts';

/** How much more one kind of step takes after an crossover than before it. */
export interface StepGrowth {
  readonly board: string;
  readonly op: string;
  readonly unit: string;
  readonly growthMs: number;
  /** Largest part of its cost at the crossover, in words. */
  readonly boundBy: string;
}

/** How sure an crossover is, and what makes it. */
export interface CrossoverUncertainty {
  /** 90 % intervals of the latencies at `after`, by board. */
  readonly intervalMs: Readonly<Record<string, { readonly low: number; readonly high: number }>>;
  /** Values of the axis around the crossover at which the intervals overlap; absent where they do not at `after`. */
  readonly undecided?: { readonly from: AxisValue; readonly to: AxisValue };
  /** Steps whose cost moves most between `before` and `after`, those that favour the new leader, largest first. */
  readonly causes: readonly StepGrowth[];
  readonly reason: string;
}

const CAUSES = 3;

/** Says of crossovers how sure they are: predicts with intervals, around each crossover only. */
export class UncertaintyFinder {
  readonly #boards: readonly Board[];
  readonly #comparison: BoardComparison;
  readonly #predictor: PointPredictor;
  readonly #values: readonly AxisValue[];
  readonly #known = new Map<string, Prediction | Refusal>();

  constructor(
    space: DesignSpace,
    boards: readonly Board[],
    comparison: BoardComparison,
    predictor: PointPredictor,
  ) {
    this.#predictor = predictor;
    this.#boards = boards;
    this.#comparison = comparison;
    this.#values = ascending(space.axes.find(({ name }) => name === comparison.axis)!);
  }

  of(crossover: CrossoverPoint): CrossoverUncertainty {
    const at = this.#values.indexOf(crossover.after);
    const [a, b] = this.#comparison.boards.map((board) => this.#ran(at, board).latencyMs);
    const causes = this.#causes(crossover);
    const intervalMs = {
      [this.#comparison.boards[0]]: { low: a.low, high: a.high },
      [this.#comparison.boards[1]]: { low: b.low, high: b.high },
    };
    const uncertainty = { intervalMs, causes, reason: reasonOf(crossover, this.#comparison.axis, causes) };
    if (!this.#overlap(at)) return uncertainty;
    const [from, to] = [this.#edge(at, -1), this.#edge(at, 1)];
    return { ...uncertainty, undecided: { from: this.#values[from], to: this.#values[to] } };
  }

  /** The last value in one direction up to which the intervals overlap without a gap. */
  #edge(at: number, direction: 1 | -1): number {
    let edge = at;
    while (this.#overlap(edge + direction)) edge += direction;
    return edge;
  }

  #overlap(at: number): boolean {
    if (this.#values[at] === undefined) return false;
    const [a, b] = this.#comparison.boards.map((board) => this.#predict(at, board));
    if (!a || !b || 'reason' in a || 'reason' in b) return false;
    return a.latencyMs.low <= b.latencyMs.high && b.latencyMs.low <= a.latencyMs.high;
  }

  /** The prediction of a point that the study has run. */
  #ran(at: number, boardId: string): Prediction {
    return this.#predict(at, boardId) as Prediction;
  }

  #predict(at: number, boardId: string): Prediction | Refusal {
    const key = `${at} ${boardId}`;
    let known = this.#known.get(key);
    if (!known) {
      const point = { ...this.#comparison.fixed, [this.#comparison.axis]: this.#values[at], board: boardId };
      known = orRefusal(() => this.#predictAnew(point));
      this.#known.set(key, known);
    }
    return known;
  }

  #predictAnew(point: DesignPoint): Prediction {
    const base = this.#boards.find(({ id }) => id === point.board)!;
    const { clock } = point;
    const board = clock === undefined ? base : withClocks(base, clockHzOn(parseClock(String(clock)), base));
    return this.#predictor.predict(point, board);
  }

  /** Growth by op of both boards from `before` to `after`; what slows the old leader or speeds the new one counts. */
  #causes({ before, after, from, to }: CrossoverPoint): StepGrowth[] {
    const [start, end] = [this.#values.indexOf(before), this.#values.indexOf(after)];
    const growths = [from, to].flatMap((board) =>
      growthsOf(board, this.#ran(start, board).steps, this.#ran(end, board).steps),
    );
    const favours = (growth: StepGrowth): number => (growth.board === from ? 1 : -1) * growth.growthMs;
    return growths
      .filter((growth) => favours(growth) > 0)
      .sort((a, b) => favours(b) - favours(a))
      .slice(0, CAUSES);
  }
}

interface OpCost {
  readonly costMs: number;
  readonly step: StepCost;
}

function costsByOp(steps: readonly StepCost[]): Map<string, OpCost> {
  const costs = new Map<string, OpCost>();
  for (const step of steps) {
    const key = `${step.op} on ${step.unit}`;
    const known = costs.get(key);
    const longest = known && known.step.durationMs > step.durationMs ? known.step : step;
    costs.set(key, { costMs: (known?.costMs ?? 0) + step.durationMs, step: longest });
  }
  return costs;
}

function growthsOf(board: string, before: readonly StepCost[], after: readonly StepCost[]): StepGrowth[] {
  const [start, end] = [costsByOp(before), costsByOp(after)];
  return [...new Set([...start.keys(), ...end.keys()])].map((key) => {
    const { op, unit, boundBy } = (end.get(key) ?? start.get(key))!.step;
    const growthMs = (end.get(key)?.costMs ?? 0) - (start.get(key)?.costMs ?? 0);
    return { board, op, unit, growthMs, boundBy };
  });
}

function reasonOf(
  { before, after, from, to }: CrossoverPoint,
  axis: string,
  causes: readonly StepGrowth[],
): string {
  const [main] = causes;
  const where = `from ${axis} ${before} to ${after}`;
  if (!main) return `${where} no step of either board changes; ${to} was as fast as ${from} before`;
  const amount = `${Math.abs(main.growthMs).toPrecision(3)} ms ${main.growthMs > 0 ? 'more' : 'less'}`;
  return `${where} ${main.op} on ${main.board}'s ${main.unit} takes ${amount} (${main.boundBy})`;
}
