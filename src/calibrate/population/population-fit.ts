import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Effect } from './effects.ts';
import type { ClassInstructions } from './op-classes.ts';

/** A run as the fit sees it: the effects that it is the sum of, and its counted instructions. */
export interface FitRow {
  readonly effects: readonly Effect[];
  readonly instructions: ClassInstructions;
}

/** With the logarithm of the cycles that were measured. */
export interface MeasuredRow extends FitRow {
  readonly logCycles: number;
}

/** A prediction in the logarithm of cycles. */
export interface LogPrediction {
  readonly mean: number;
  /** Standard deviation, that of a single row included. */
  readonly sigma: number;
}

const ITERATIONS = 8;
const REFIT_ITERATIONS = 4;
/** Degrees of freedom of the rows' Student distribution: 4 to 5 fit the tails of held-out rows. */
const DEGREES = 4;

/** Derivatives of a row's log cycles by its effects, in units of their spreads, by name. */
type Gradient = ReadonlyMap<string, number>;

/** Values of the effects in units of their spreads. */
export type EffectValues = ReadonlyMap<string, number>;

/** Log cycles of a row and its gradient, at given effects. */
function linearize(
  { effects, instructions }: FitRow,
  values: EffectValues,
): { log: number; gradient: Gradient } {
  const logs = instructions.map((count) => Math.log(count));
  for (const { name, spread, of } of effects) {
    const value = values.get(name);
    if (value === undefined) continue;
    if (of !== undefined) logs[of] += value * spread;
    else for (let index = 0; index < logs.length; index++) logs[index] += value * spread;
  }
  const cycles = logs.map(Math.exp);
  const total = cycles.reduce((sum, value) => sum + value, 0);
  const gradient = new Map<string, number>();
  for (const { name, spread, of } of effects) {
    const share = of === undefined ? 1 : cycles[of] / total;
    if (share > 0 && spread > 0) gradient.set(name, share * spread);
  }
  return { log: Math.log(total), gradient };
}

function dot(a: Gradient, b: EffectValues): number {
  let sum = 0;
  for (const [name, value] of a) sum += value * (b.get(name) ?? 0);
  return sum;
}

/** Products of all pairs of gradients. */
function gram(gradients: readonly Gradient[]): number[][] {
  const products = gradients.map(() => new Array<number>(gradients.length).fill(0));
  const columns = new Map<string, { row: number; value: number }[]>();
  gradients.forEach((gradient, row) => {
    for (const [name, value] of gradient) {
      const column = columns.get(name);
      if (column) column.push({ row, value });
      else columns.set(name, [{ row, value }]);
    }
  });
  for (const column of columns.values())
    for (const a of column) for (const b of column) products[a.row][b.row] += a.value * b.value;
  return products;
}

/**
 * Maximum of the posterior of all effects and its Laplace approximation, in the space of the rows: there are fewer of
 * them than effects. Rows follow a Student distribution, by weights that are set anew in each step.
 */
export class PopulationFit {
  readonly values: EffectValues;
  readonly #gradients: readonly Gradient[];
  readonly #factor: CholeskyDecomposition;
  readonly #rowSigma: number;

  constructor(rows: readonly MeasuredRow[], rowSigma: number, start?: EffectValues) {
    this.#rowSigma = rowSigma;
    let values: EffectValues = start ?? new Map<string, number>();
    let weights = rows.map(() => 1);
    let state: { gradients: Gradient[]; factor: CholeskyDecomposition } | undefined;
    for (let iteration = 0; iteration < (start ? REFIT_ITERATIONS : ITERATIONS); iteration++) {
      const at = rows.map((row) => linearize(row, values));
      const gradients = at.map(({ gradient }) => gradient);
      const residuals = rows.map(({ logCycles }, row) => logCycles - at[row].log);
      if (iteration > 0) weights = residuals.map((residual) => studentWeight(residual / rowSigma));
      const noisy = gram(gradients);
      weights.forEach((weight, row) => (noisy[row][row] += (rowSigma * rowSigma) / weight));
      const factor = new CholeskyDecomposition(new Matrix(noisy));
      const targets = residuals.map((residual, row) => residual + dot(gradients[row], values));
      const solved = factor.solve(Matrix.columnVector(targets)).to1DArray();
      values = combine(gradients, solved);
      state = { gradients, factor };
    }
    this.values = values;
    this.#gradients = state!.gradients;
    this.#factor = state!.factor;
  }

  predict(row: FitRow): LogPrediction {
    const { log, gradient } = linearize(row, this.values);
    const across = this.#gradients.map((other) => dot(gradient, other));
    const solved = this.#factor.solve(Matrix.columnVector(across)).to1DArray();
    const prior = dot(gradient, gradient);
    const known = across.reduce((sum, value, index) => sum + value * solved[index], 0);
    return { mean: log, sigma: Math.sqrt(Math.max(0, prior - known) + this.#rowSigma ** 2) };
  }
}

function studentWeight(residual: number): number {
  return (DEGREES + 1) / (DEGREES + residual * residual);
}

function combine(gradients: readonly Gradient[], factors: readonly number[]): EffectValues {
  const values = new Map<string, number>();
  gradients.forEach((gradient, row) => {
    for (const [name, value] of gradient) values.set(name, (values.get(name) ?? 0) + value * factors[row]);
  });
  return values;
}
