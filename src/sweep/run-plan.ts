import type { Board } from '../boards/board.ts';
import { BATCH_POINTS, INTERVAL_BATCH_POINTS, SMALL_BATCH_POINTS } from './batch.ts';
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
  readonly batchPoints: number;
  readonly batches: number;
}

export interface PlanOptions {
  readonly version: string;
  /** Points in one batch. */
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

/** Cuts a study into batches. Another size of batch makes other row groups, and so another key. */
export function planSweep(
  space: DesignSpace,
  boards: readonly Board[],
  { version, batchPoints = batchPointsOf(space, countPoints(space)) }: PlanOptions,
): SweepPlan {
  const points = countPoints(space);
  const ids = space.axes.find(({ name }) => name === 'board')?.values ?? [];
  const key = studyKey(space, boards);
  return {
    key: batchPoints === BATCH_POINTS ? key : `${key}-${batchPoints}`,
    version,
    space,
    boards: boards.filter(({ id }) => ids.includes(id)),
    points,
    batchPoints,
    batches: Math.ceil(points / batchPoints),
  };
}

/** The points [from, to) of a batch. */
export function planRange(
  { points, batchPoints }: SweepPlan,
  batch: number,
): { readonly from: number; readonly to: number } {
  const from = batch * batchPoints;
  return { from, to: Math.min(points, from + batchPoints) };
}
