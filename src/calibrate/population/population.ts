import { effectsOf, SPREADS, type Run, type Spreads } from './effects.ts';
import { PopulationFit, type EffectValues, type LogPrediction } from './population-fit.ts';
import type { ReplayedRow } from './replayed-rows.ts';
import { versionChains } from './version-order.ts';

/** Rows that are learnt from: measured well, of a network that is known exactly. */
export function learnsFrom({ row }: ReplayedRow): boolean {
  return row.grade !== 'C' && (row.replay === 'full' || row.replay === '');
}

/** Fits to published rows, whole or without some of them. */
export class Population {
  readonly rows: readonly ReplayedRow[];
  readonly #spreads: Spreads;
  readonly #effects: (run: Run) => ReturnType<typeof effectsOf>;
  readonly #fit: PopulationFit;

  constructor(rows: readonly ReplayedRow[], spreads: Spreads = SPREADS) {
    this.rows = rows;
    this.#spreads = spreads;
    const chain = versionChains(rows.map(({ identity }) => identity));
    this.#effects = (run) => effectsOf(run, spreads, chain);
    this.#fit = this.#fitTo(rows);
  }

  predict(run: Run): LogPrediction {
    return this.#fit.predict({ ...run, effects: this.#effects(run) });
  }

  /** What a fit says that has not seen the rows of `isHeld`. */
  without(isHeld: (row: ReplayedRow) => boolean): (run: Run) => LogPrediction {
    const kept = this.rows.filter((row) => !isHeld(row));
    if (kept.length === this.rows.length) return (run) => this.predict(run);
    const fit = this.#fitTo(kept, this.#fit.values);
    return (run) => fit.predict({ ...run, effects: this.#effects(run) });
  }

  #fitTo(rows: readonly ReplayedRow[], start?: EffectValues): PopulationFit {
    const measured = rows.map((row) => ({ ...row, effects: this.#effects(row) }));
    return new PopulationFit(measured, this.#spreads.row, start);
  }
}
