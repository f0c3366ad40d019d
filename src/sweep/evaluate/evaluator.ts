import type { Board } from '../../boards/board/board.ts';
import { usePublishedTimes } from '../../calibrate/fitted/published-times.ts';
import { SpecError } from '../../errors.ts';
import type { ResultColumns } from '../study/batch.ts';
import { PointRunner } from './point-runner.ts';
import { ResultWriter } from './result-writer.ts';
import { searchStudy } from '../search/search-study.ts';
import { gridDigits, pointDigits, type DesignSpace } from '../study/space.ts';

/** Evaluates points of one study; pure, so that any worker gives the same bytes for the same range. */
export interface Evaluator {
  /**
   * Results of the points [from, to). For a search, the first call runs it from its start. `reused` are results of an
   * earlier call that nobody needs any more: the new ones may take their memory.
   */
  evaluate(from: number, to: number, reused?: ResultColumns): ResultColumns;
}

/** An evaluator of a space on its boards, found by id. Throws a SpecError for an id that is not among them. */
export function createEvaluator(space: DesignSpace, boards: readonly Board[]): Evaluator {
  if (boards.some(({ calibration }) => calibration === undefined)) usePublishedTimes();
  const runner = new PointRunner(space, boardsOf(space, boards));
  const isGrid = space.sampling.method === 'grid';
  const evaluate = (from: number, to: number, seek: SeekPoint, reused?: ResultColumns): ResultColumns => {
    const writer = new ResultWriter(space, to - from, reused);
    const digits = new Int32Array(space.axes.length);
    let done = from;
    for (let index = from; index < to; index++) {
      seek(index, digits);
      writer.point(index - from, index, digits);
      if (index === done) done += runner.run(digits, writer, index - from, isGrid ? to - index : 1);
    }
    return writer.results();
  };
  return space.sampling.method === 'search' ? searching(space, evaluate) : sampling(space, evaluate);
}

/** Writes the positions of a point's values into `digits`, which hold those of the point before. */
type SeekPoint = (index: number, digits: Int32Array) => void;

type EvaluateAt = (from: number, to: number, seek: SeekPoint, reused?: ResultColumns) => ResultColumns;

function sampling(space: DesignSpace, evaluate: EvaluateAt): Evaluator {
  if (space.sampling.method !== 'grid')
    return {
      evaluate: (from, to, reused) =>
        evaluate(from, to, (index, digits) => pointDigits(space, index, digits), reused),
    };
  const bases = space.axes.map(({ values }) => values.length);
  return {
    evaluate(from, to, reused) {
      const seek: SeekPoint = (index, digits) => {
        if (index === from) gridDigits(space.axes, index, digits);
        else countUp(digits, bases);
      };
      return evaluate(from, to, seek, reused);
    },
  };
}

function countUp(digits: Int32Array, bases: readonly number[]): void {
  for (let axis = digits.length - 1; axis >= 0 && ++digits[axis] === bases[axis]; axis--) digits[axis] = 0;
}

/** The points of a search in the order in which it asked for them. */
function searching(space: DesignSpace, evaluate: EvaluateAt): Evaluator {
  let asked: Float64Array | undefined;
  const at = (points: ArrayLike<number>, from: number, to: number, reused?: ResultColumns): ResultColumns =>
    evaluate(from, to, (index, digits) => gridDigits(space.axes, points[index], digits), reused);
  return {
    evaluate(from, to, reused) {
      asked ??= searchStudy(space, (points) => at(points, 0, points.length));
      return at(asked, from, to, reused);
    },
  };
}

/** The boards of the axis `board`, in its order. */
function boardsOf({ axes }: DesignSpace, boards: readonly Board[]): Board[] {
  const ids = axes.find(({ name }) => name === 'board')!.values;
  return ids.map((id) => {
    const board = boards.find((candidate) => candidate.id === id);
    // Copies, where boards and the costs of units are put together when they are asked for: sweeps ask millions of times.
    if (board) return { ...board, units: board.units.map((unit) => ({ ...unit })) };
    const known = boards.map((candidate) => candidate.id).join(', ');
    throw new SpecError(`board: there is no "${id}"; choose from ${known}`);
  });
}
