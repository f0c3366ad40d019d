import type { Board } from '../../boards/board/board.ts';
import type { ResultColumns } from '../study/batch.ts';
import { UncertaintyFinder, type CrossoverUncertainty } from './crossover-uncertainty.ts';
import { PointPredictor } from '../evaluate/point-predictor.ts';
import {
  compareBoards,
  type BoardComparison,
  type CrossoverPoint,
  type ComparisonOptions,
} from './compare-boards.ts';
import type { DesignSpace } from '../study/space.ts';

/** Between which boards, and along which axis, crossovers are looked for. */
export interface CrossoverOptions extends ComparisonOptions {
  /** How many crossovers are told with their uncertainty and reason, which takes a few predictions each; default 20. */
  readonly explained?: number;
}

/** A crossover with the other axes' values and, for the first of them, its uncertainty and reason. */
export interface Crossover extends CrossoverPoint, Partial<CrossoverUncertainty> {
  readonly fixed: BoardComparison['fixed'];
  readonly axis: string;
}

/** Where boards overtake each other, and which never do. */
export interface Crossovers {
  readonly comparisons: readonly BoardComparison[];
  /** Crossovers of all comparisons, in order. */
  readonly crossovers: readonly Crossover[];
}

const EXPLAINED = 20;

/**
 * Where along an axis one board becomes faster than another, for each combination of the other axes of a study's results. The
 * uncertainty is that of `predict`, asked for around the first crossovers only. Throws a SpecError as `compareBoards`.
 */
export function findCrossovers(
  space: DesignSpace,
  boards: readonly Board[],
  results: ResultColumns,
  options: CrossoverOptions,
): Crossovers {
  const comparisons = compareBoards(space, results, options);
  let left = options.explained ?? EXPLAINED;
  let predictor: PointPredictor | undefined;
  const crossovers = comparisons.flatMap((comparison) => {
    const finder =
      left > 0 && comparison.crossovers.length > 0
        ? new UncertaintyFinder(space, boards, comparison, (predictor ??= new PointPredictor(space)))
        : undefined;
    return comparison.crossovers.map((crossover) => {
      const uncertainty = finder && left-- > 0 ? finder.of(crossover) : {};
      return { fixed: comparison.fixed, axis: comparison.axis, ...crossover, ...uncertainty };
    });
  });
  return { comparisons, crossovers };
}
