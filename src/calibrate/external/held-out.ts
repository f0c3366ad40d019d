import { cyclesPerMac, tableCompletion, type Baseline } from '../population/baselines.ts';
import type { Population, Predictor } from '../population/population.ts';
import type { ReplayedRow } from '../population/replayed-rows.ts';
import { LayerFormulas } from './layer-formula.ts';

/**
 * What a fit must not have seen when it predicts a row: the row's network on any board, the network on the row's board,
 * or the board.
 */
export type HeldOut = 'nothing' | 'network' | 'cell' | 'board';

/** What predicts a row, and the rows that it has seen. */
export interface Predictors {
  readonly ours: Predictor;
  readonly cyclesPerMac: Baseline;
  readonly tableCompletion: Baseline;
  readonly seen: readonly ReplayedRow[];
}

const KEYS: Readonly<Record<Exclude<HeldOut, 'nothing'>, (row: ReplayedRow) => string>> = {
  network: ({ network }) => network,
  cell: ({ network, identity }) => `${identity.board} ${network}`,
  board: ({ identity }) => identity.board,
};

/** The accelerator whose layers were published one by one, its cycles apart from those of the CPU beside it. */
const FORMULAS_FOR = 'MVP';

/** Predictors that have not seen what is held out for a row; made once for all rows that hold out the same. */
export class HeldOutPredictors {
  readonly #population: Population;
  readonly #made = new Map<string, Predictors>();
  readonly #layers = new Map<string, LayerFormulas>();

  constructor(population: Population) {
    this.#population = population;
  }

  /** Formulas of an accelerator's layers, which always leave out the layer's own network. */
  readonly layers = (accelerator: string): LayerFormulas => {
    const formulas =
      this.#layers.get(accelerator) ??
      new LayerFormulas(
        accelerator === FORMULAS_FOR ? this.#population.rows.map(({ row }) => row) : [],
        accelerator,
      );
    this.#layers.set(accelerator, formulas);
    return formulas;
  };

  for(row: ReplayedRow, heldOut: HeldOut): Predictors {
    const key = heldOut === 'nothing' ? '' : `${heldOut} ${KEYS[heldOut](row)}`;
    const made = this.#made.get(key) ?? this.#make(row, heldOut);
    this.#made.set(key, made);
    return made;
  }

  #make(row: ReplayedRow, heldOut: HeldOut): Predictors {
    const population = this.#population;
    const keyOf = heldOut === 'nothing' ? undefined : KEYS[heldOut];
    const isHeld = (other: ReplayedRow): boolean => keyOf !== undefined && keyOf(other) === keyOf(row);
    const seen = population.rows.filter((other) => !isHeld(other));
    const ours = seen.length === population.rows.length ? population.predict : population.without(isHeld);
    return { ours, cyclesPerMac: cyclesPerMac(seen), tableCompletion: tableCompletion(seen), seen };
  }
}
