import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import { BATCH_POINTS, INTERVAL_BATCH_POINTS, MAX_BATCH_POINTS, SMALL_BATCH_POINTS } from './batch.ts';
import { requireKnownValues } from './known-values.ts';
import { countPoints, type DesignSpace } from './space.ts';
import { studyKey } from './study-key.ts';

/** A sweep cut into batches, as plain data: what a store holds, what threads and other machines are given. */
export interface SweepPlan {
  /** Names the results by what they follow from; two plans of one key have the same bytes. */
  readonly key: string;
  /** Version of inferscope that evaluates it; no other may add to its results. */
  readonly version: string;
  readonly space: DesignSpace;
  readonly boards: readonly Board[];
  readonly points: number;
  /** Points in each batch but the last ones: `planRange` tells. */
  readonly batchPoints: number;
  readonly batches: number;
}

/** How a study is cut into batches. */
export interface PlanOptions {
  readonly version: string;
  /** Points in each batch but the last ones, at most 2^20. Default: as suits the study. */
  readonly batchPoints?: number;
}

/** Batches of a study that has few points, so that many workers have something to do. */
const ENOUGH_BATCHES = 32;

/** Follows from the study alone: results are the same bytes however many workers there are. */
function batchPointsOf({ intervals, model, sampling }: DesignSpace, points: number): number {
  if (intervals) return INTERVAL_BATCH_POINTS;
  // Each worker runs a whole search before its first batch.
  if (sampling.method === 'search') return BATCH_POINTS;
  if (model.kind !== 'spec') return SMALL_BATCH_POINTS;
  const share = Math.min(BATCH_POINTS, Math.max(SMALL_BATCH_POINTS, points / ENOUGH_BATCHES));
  return 2 ** (31 - Math.clz32(share));
}

/** A study of fewer has no tail. */
const MANY_BATCHES = 8;
/** Batches of full size that the tail is made of. */
const TAIL_BATCHES = 2;

/**
 * Batches of full size, and the points in each batch of the tail behind them: the last ones are smaller, so that no
 * worker waits long for another one.
 */
function cutsOf({ points, batchPoints }: Pick<SweepPlan, 'points' | 'batchPoints'>): {
  readonly whole: number;
  readonly tailPoints: number;
} {
  const whole = Math.floor(points / batchPoints);
  if (whole < MANY_BATCHES || batchPoints <= SMALL_BATCH_POINTS) return { whole, tailPoints: batchPoints };
  return {
    whole: whole - TAIL_BATCHES,
    tailPoints: Math.max(SMALL_BATCH_POINTS, Math.floor(batchPoints / 4)),
  };
}

/**
 * Cuts a study into batches. Another size of batch makes other row groups, and so another key. Throws a SpecError of one
 * line for a size of batches that is none, and for a kernel library, a memory or a clock that none of the boards has.
 */
export function planSweep(
  space: DesignSpace,
  boards: readonly Board[],
  { version, batchPoints: asked }: PlanOptions,
): SweepPlan {
  const ids = space.axes.find(({ name }) => name === 'board')?.values ?? [];
  const studied = boards.filter(({ id }) => ids.includes(id));
  requireKnownValues(space, studied);
  const points = countPoints(space);
  const batchPoints = asked ?? batchPointsOf(space, points);
  if (!Number.isSafeInteger(batchPoints) || batchPoints < 1 || batchPoints > MAX_BATCH_POINTS)
    throw new SpecError(
      `batchPoints must be a whole number from 1 to ${MAX_BATCH_POINTS}, got ${batchPoints}`,
    );
  const key = studyKey(space, boards);
  const { whole, tailPoints } = cutsOf({ points, batchPoints });
  return {
    key: batchPoints === BATCH_POINTS ? key : `${key}-${batchPoints}`,
    version,
    space,
    boards: studied,
    points,
    batchPoints,
    batches: whole + Math.ceil((points - whole * batchPoints) / tailPoints),
  };
}

/** The points [from, to) of a batch. */
export function planRange(plan: SweepPlan, batch: number): { readonly from: number; readonly to: number } {
  const { points, batchPoints } = plan;
  const { whole, tailPoints } = cutsOf(plan);
  if (batch < whole) return { from: batch * batchPoints, to: (batch + 1) * batchPoints };
  const from = whole * batchPoints + (batch - whole) * tailPoints;
  return { from, to: Math.min(points, from + tailPoints) };
}

/** How many points a batch has. */
export function rowsOf(plan: SweepPlan, batch: number): number {
  const { from, to } = planRange(plan, batch);
  return to - from;
}
