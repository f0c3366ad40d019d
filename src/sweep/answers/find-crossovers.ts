import type { Board } from '../../boards/board/board.ts';
import type { ResultColumns } from '../study/batch.ts';
import { DoubtFinder, type OvertakeDoubt } from './crossover-uncertainty.ts';
import { PointPredictor } from '../evaluate/point-predictor.ts';
import { findRaces, type BoardRace, type Overtake, type RaceOptions } from './board-pairs.ts';
import type { DesignSpace } from '../study/space.ts';

export interface CrossoverOptions extends RaceOptions {
  /** How many overtakes are told with their doubt and reason, which takes a few predictions each; default 20. */
  readonly explained?: number;
}

/** An overtake with the other axes' values and, for the first of them, its doubt and reason. */
export interface Crossover extends Overtake, Partial<OvertakeDoubt> {
  readonly fixed: BoardRace['fixed'];
  readonly axis: string;
}

export interface Crossovers {
  readonly races: readonly BoardRace[];
  /** Overtakes of all races, in order. */
  readonly crossovers: readonly Crossover[];
}

const EXPLAINED = 20;

/**
 * Where along an axis one board overtakes another, for each combination of the other axes of a study's results. The
 * doubt is that of `predict`, asked for around the first overtakes only. Throws a SpecError as `findRaces`.
 */
export function findCrossovers(
  space: DesignSpace,
  boards: readonly Board[],
  results: ResultColumns,
  options: CrossoverOptions,
): Crossovers {
  const races = findRaces(space, results, options);
  let left = options.explained ?? EXPLAINED;
  let predictor: PointPredictor | undefined;
  const crossovers = races.flatMap((race) => {
    const finder =
      left > 0 && race.overtakes.length > 0
        ? new DoubtFinder(space, boards, race, (predictor ??= new PointPredictor(space)))
        : undefined;
    return race.overtakes.map((overtake) => {
      const doubt = finder && left-- > 0 ? finder.of(overtake) : {};
      return { fixed: race.fixed, axis: race.axis, ...overtake, ...doubt };
    });
  });
  return { races, crossovers };
}
