import { effectsOf, SPREADS, type Effect, type Run, type Spreads } from './effects.ts';
import { PopulationFit, type LogPrediction } from './population-fit.ts';
import type { ReplayedRow } from './replayed-rows.ts';
import { versionChains } from './version-order.ts';

/** Rows that are learnt from: measured well, of a network that is known exactly. */
export function learnsFrom({ row }: ReplayedRow): boolean {
  return row.grade !== 'C' && (row.replay === 'full' || row.replay === '' || row.op !== 'model');
}

export type Predictor = (run: Run) => LogPrediction;

/** Runs on CPUs say nothing of those on an accelerator: each kind has a fit of its own. */
const kindOf = ({ identity }: Run): string => (identity.core.includes('+') ? identity.engine : 'cpu');

/** Fits to published rows, whole or without some of them. */
export class Population {
  readonly rows: readonly ReplayedRow[];
  readonly #spreads: Spreads;
  readonly #effects: (run: Run) => Effect[];
  readonly #fits: ReadonlyMap<string, PopulationFit>;

  constructor(rows: readonly ReplayedRow[], spreads: Spreads = SPREADS) {
    this.rows = rows;
    this.#spreads = spreads;
    const chain = versionChains(rows.map(({ identity }) => identity));
    this.#effects = (run) => effectsOf(run, spreads, chain);
    const kinds = new Set([...rows.map(kindOf), 'cpu']);
    this.#fits = new Map([...kinds].map((kind) => [kind, this.#fitTo(kind, rows)]));
  }

  readonly predict: Predictor = (run) => this.#predictBy(this.#fits, run);

  /** Means and covariance of log cycles of several runs on CPUs. */
  joint(runs: readonly Run[]): { means: number[]; covariance: number[][] } {
    return this.#fits.get('cpu')!.joint(runs.map((run) => ({ ...run, effects: this.#effects(run) })));
  }

  /** What fits say that have not seen the rows of `isHeld`. */
  without(isHeld: (row: ReplayedRow) => boolean): Predictor {
    const touched = new Set(this.rows.filter(isHeld).map(kindOf));
    const kept = this.rows.filter((row) => !isHeld(row));
    const fits = new Map(this.#fits);
    for (const kind of touched) fits.set(kind, this.#fitTo(kind, kept, this.#fits.get(kind)));
    return (run) => this.#predictBy(fits, run);
  }

  #predictBy(fits: ReadonlyMap<string, PopulationFit>, run: Run): LogPrediction {
    const fit = fits.get(kindOf(run)) ?? fits.get('cpu')!;
    return fit.predict({ ...run, effects: this.#effects(run) });
  }

  #fitTo(kind: string, rows: readonly ReplayedRow[], start?: PopulationFit): PopulationFit {
    const measured = rows
      .filter((row) => kindOf(row) === kind)
      .map((row) => ({ ...row, effects: this.#effects(row) }));
    return new PopulationFit(measured, this.#spreads.row, start?.values);
  }
}
