import { PopulationFit } from '../population/population-fit.ts';
import type { Effect } from '../population/effects.ts';
import type { ReplayedRow } from '../population/replayed-rows.ts';
import { engineKey } from '../population/version-order.ts';
import type { ExternalRow } from './predict-row.ts';

/**
 * Spreads of the logarithm of the mean power: boards differ by tens of times, the networks of one set-up by a few
 * percent (docs/hardware/measured.md).
 */
const SPREADS = { all: 4, board: 1.5, engine: 0.15, version: 0.15, row: 0.04 };

function effectsOf({ identity }: ReplayedRow): Effect[] {
  const { board, version } = identity;
  const engine = engineKey(identity);
  return [
    { name: 'all', spread: SPREADS.all },
    { name: `board ${board}`, spread: SPREADS.board },
    { name: `board.engine ${board} ${engine}`, spread: SPREADS.engine },
    { name: `board.version ${board} ${engine} ${version}`, spread: SPREADS.version },
  ];
}

const hasEnergy = ({ row }: ReplayedRow): boolean => !Number.isNaN(row.energyUj) && row.op === 'model';

const fitRow = (row: ReplayedRow) => ({ effects: effectsOf(row), instructions: [1] });

/** Log of the mean power in mW, by board, engine and version, from the rows that print an energy. */
export class PowerFit {
  readonly #fit: PopulationFit;

  constructor(rows: readonly ReplayedRow[]) {
    const measured = rows.filter(hasEnergy).map((row) => ({
      ...fitRow(row),
      logCycles: Math.log(row.row.energyUj / row.row.latencyMs),
    }));
    this.#fit = new PopulationFit(measured, SPREADS.row);
  }

  /** A row's energy in uJ in place of its time: its power times what its time is predicted to be. */
  energyOf(row: ReplayedRow, timed: ExternalRow): ExternalRow {
    const { mean, sigma } = this.#fit.predict(fitRow(row));
    const predicted = timed.predictedMs * Math.exp(mean);
    const half = Math.hypot(Math.log(timed.highMs / timed.predictedMs), 1.645 * sigma);
    return {
      ...timed,
      measuredMs: row.row.energyUj,
      predictedMs: predicted,
      lowMs: predicted * Math.exp(-half),
      highMs: predicted * Math.exp(half),
    };
  }
}

export { hasEnergy };
