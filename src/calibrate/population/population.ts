import { effectsOf, flagEffect, SPREADS, type Effect, type Run, type Spreads } from './effects.ts';
import { predictByFlags } from './flag-mixture.ts';
import { predictWithFactor } from './inferred-factor.ts';
import { PopulationFit, type LogPrediction } from './population-fit.ts';
import type { ReplayedRow } from './replayed-rows.ts';
import { versionChains } from './version-order.ts';

/**
 * Rows that are learnt from: of a network that is known exactly. A CPU's row of grade C tells the factor that its
 * source is off by; an accelerator's has no other row beside it that would.
 */
export function learnsFrom({ row }: ReplayedRow): boolean {
  return (
    (row.grade !== 'C' || row.accelerator === '') &&
    (row.replay === 'full' || row.replay === '' || row.op !== 'model')
  );
}

export type Predictor = (run: Run) => LogPrediction;

/** Runs on CPUs say nothing of those on an accelerator: each kind has a fit of its own. */
const kindOf = ({ identity }: Run): string => (identity.core.includes('+') ? identity.engine : 'cpu');

/** Rows whose source's clock or unit was inferred: they teach nothing of others. */
const isInferred = ({ inferredBy }: Run): boolean => inferredBy !== undefined;

type Fits = ReadonlyMap<string, PopulationFit>;

/** Fits to published rows, whole or without some of them. */
export class Population {
  readonly rows: readonly ReplayedRow[];
  readonly #spreads: Spreads;
  readonly #effects: (run: Run) => Effect[];
  readonly #fits: Fits;

  constructor(rows: readonly ReplayedRow[], spreads: Spreads = SPREADS) {
    this.rows = rows;
    this.#spreads = spreads;
    const chain = versionChains(rows.map(({ identity }) => identity));
    this.#effects = (run) => effectsOf(run, spreads, chain);
    const kinds = new Set([...rows.map(kindOf), 'cpu']);
    this.#fits = new Map([...kinds].map((kind) => [kind, this.#fitTo(kind, rows)]));
  }

  readonly predict: Predictor = (run) => this.#predictBy(this.#fits, this.rows, run);

  /** Means and covariance of log cycles of several runs on CPUs, and behind them of a flag's effect where it is asked for. */
  joint(runs: readonly Run[], flag?: Effect): { means: number[]; covariance: number[][] } {
    const fit = this.#fits.get('cpu')!;
    const asked = this.#withEffects(runs);
    return flag ? fit.withEffect(asked, flag.name) : fit.joint(asked);
  }

  /** What fits say that have not seen the rows of `isHeld`. */
  without(isHeld: (row: ReplayedRow) => boolean): Predictor {
    const touched = new Set(this.rows.filter((row) => isHeld(row) && !isInferred(row)).map(kindOf));
    const kept = this.rows.filter((row) => !isHeld(row));
    const fits = new Map(this.#fits);
    for (const kind of touched) fits.set(kind, this.#fitTo(kind, kept, this.#fits.get(kind)));
    return (run) => this.#predictBy(fits, kept, run);
  }

  #withEffects<T extends Run>(runs: readonly T[]): (T & { effects: Effect[] })[] {
    return runs.map((run) => ({ ...run, effects: this.#effects(run) }));
  }

  #predictBy(fits: Fits, rows: readonly ReplayedRow[], run: Run): LogPrediction {
    const fit = fits.get(kindOf(run)) ?? fits.get('cpu')!;
    if (!isInferred(run)) return this.#predictByBuild(fit, rows, run);
    const [asked] = this.#withEffects([run]);
    const sisters = this.#withEffects(rows.filter((row) => row.inferredBy === run.inferredBy));
    return predictWithFactor(fit, sisters, asked, this.#spreads);
  }

  /** By each flag where it is not said which one the kernels were built with. */
  #predictByBuild(fit: PopulationFit, rows: readonly ReplayedRow[], run: Run): LogPrediction {
    const [asked] = this.#withEffects([run]);
    const flag = flagEffect(run, this.#spreads);
    if (flag === undefined) return fit.predict(asked);
    const built = rows.filter(
      (row) => !isInferred(row) && flagEffect(row, this.#spreads)?.name === flag.name,
    );
    return predictByFlags(fit, asked, flag, built, this.#spreads.row);
  }

  #fitTo(kind: string, rows: readonly ReplayedRow[], start?: PopulationFit): PopulationFit {
    const measured = rows.filter((row) => kindOf(row) === kind && !isInferred(row));
    return new PopulationFit(this.#withEffects(measured), this.#spreads.row, start?.values);
  }
}
