import { Matrix, SVD } from 'ml-matrix';
import type { MeasuredRow } from '../population/measured-rows.ts';

/** Rows shorter than this are a few ticks of their clock: they weigh as if they were this long. */
const COARSE_MS = 0.15;
/** An operator with fewer rows than this has no formula. */
const FEWEST_ROWS = 3;

const product = (shape: string): number =>
  (shape.match(/\d+/g) ?? []).reduce((all, side) => all * Number(side), 1);

/** What a layer's time is a sum of: a start, multiply-accumulates, values written, values read. */
function featuresOf({ macs, in_shape, out_shape }: MeasuredRow): number[] {
  return [1, Number(macs), product(out_shape), product(in_shape)];
}

function solve(rows: readonly number[][], wanted: readonly number[]): number[] {
  const lengths = rows[0].map((_, column) => Math.hypot(...rows.map((row) => row[column])) || 1);
  const scaled = new Matrix(rows.map((row) => row.map((value, column) => value / lengths[column])));
  const found = new SVD(scaled, { autoTranspose: true }).solve(Matrix.columnVector([...wanted]));
  return found.to1DArray().map((value, column) => value / lengths[column]);
}

/** Least squares of relative errors, no coefficient below 0: features that come out so are left out. */
function fitWeights(rows: readonly MeasuredRow[]): number[] {
  const scale = ({ latencyMs }: MeasuredRow): number => 1 / Math.max(latencyMs, COARSE_MS);
  const design = rows.map((row) => featuresOf(row).map((value) => value * scale(row)));
  const wanted = rows.map((row) => row.latencyMs * scale(row));
  let kept = design[0].map((_, index) => index);
  while (kept.length > 0) {
    const found = solve(
      design.map((row) => kept.map((index) => row[index])),
      wanted,
    );
    const lowest = found.indexOf(Math.min(...found));
    if (found[lowest] >= 0) return design[0].map((_, index) => found[kept.indexOf(index)] ?? 0);
    kept = kept.filter((_, at) => at !== lowest);
  }
  return design[0].map(() => 0);
}

/**
 * Times in ms of single layers on an accelerator that overlaps with its CPU, by a formula an operator. A network's
 * layers are predicted by what the other networks' layers say.
 */
export class LayerFormulas {
  readonly #rows: readonly MeasuredRow[];
  readonly #weights = new Map<string, number[] | undefined>();

  constructor(rows: readonly MeasuredRow[], accelerator: string) {
    this.#rows = rows.filter(
      (row) => row.accelerator === accelerator && row.op !== 'model' && row.latencyMs > 0,
    );
  }

  /** Undefined where too few rows tell of the operator. */
  msOf(row: MeasuredRow): number | undefined {
    const key = `${row.op} ${row.model}`;
    if (!this.#weights.has(key)) this.#weights.set(key, this.#fit(row));
    const weights = this.#weights.get(key);
    const ms = weights && featuresOf(row).reduce((sum, value, index) => sum + value * weights[index], 0);
    return ms !== undefined && ms > 0 ? ms : undefined;
  }

  #fit({ op, model }: MeasuredRow): number[] | undefined {
    const alike = this.#rows.filter((row) => row.op === op && row.model !== model);
    return alike.length < FEWEST_ROWS ? undefined : fitWeights(alike);
  }
}
