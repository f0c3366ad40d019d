import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Effect } from './effects.ts';
import type { ClassInstructions } from './op-classes.ts';

/** A run as the fit sees it: the effects that it is the sum of, and its counted instructions. */
export interface FitRow {
  readonly effects: readonly Effect[];
  readonly instructions: ClassInstructions;
}

/** With the logarithm of the cycles that were measured. */
export interface MeasuredFitRow extends FitRow {
  readonly logCycles: number;
}

/** A prediction in the logarithm of cycles. */
export interface LogPrediction {
  readonly mean: number;
  /** Standard deviation, that of a single row included. */
  readonly sigma: number;
}

/** Rows are doubted more at first, so that none is given up before the others have settled. */
const ROW_SIGMA_FACTORS = [8, 6, 4, 3, 2, 1.5, 1, 1, 1, 1];
const REFIT_FACTORS = [1, 1];
/** Degrees of freedom of the rows' Student distribution: 4 to 5 fit the tails of held-out rows. */
const DEGREES = 4;

/** Values of the effects in units of their spreads, by name. */
export type EffectValues = ReadonlyMap<string, number>;

/** Derivatives of a row's log cycles by its effects, in units of their spreads: indices of effects and values. */
interface Gradient {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Numbers of effects, in the order in which they were first met. */
class EffectIndex {
  readonly names: string[] = [];
  readonly #indices = new Map<string, number>();

  of(name: string): number {
    let index = this.#indices.get(name);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.#indices.set(name, index);
    }
    return index;
  }
}

/** A row with its effects by number. */
interface IndexedRow extends FitRow {
  readonly indices: Int32Array;
}

/** Log cycles of a row and its gradient, at given values of the effects. */
function linearize(
  { effects, indices, instructions }: IndexedRow,
  at: Vector,
): { log: number; gradient: Gradient } {
  const logs = instructions.map((count) => Math.log(count));
  effects.forEach(({ spread, mean = 0, of, weights }, index) => {
    const value = mean + (at[indices[index]] ?? 0) * spread;
    if (of !== undefined) logs[of] += value;
    else for (let each = 0; each < logs.length; each++) logs[each] += value * (weights?.[each] ?? 1);
  });
  const cycles = logs.map(Math.exp);
  const total = cycles.reduce((sum, value) => sum + value, 0);
  const values = Float64Array.from(effects, ({ spread, of, weights }) => {
    const share = of === undefined ? shareOf(cycles, weights) : cycles[of];
    return (share / total) * spread;
  });
  return { log: Math.log(total), gradient: { indices, values } };
}

function shareOf(cycles: readonly number[], weights: readonly number[] | undefined): number {
  return cycles.reduce((sum, value, index) => sum + value * (weights?.[index] ?? 1), 0);
}

type Vector = ArrayLike<number>;

/** Effects that the vector does not reach are ones that no row has: 0. */
function dot({ indices, values }: Gradient, vector: Vector): number {
  let sum = 0;
  for (let at = 0; at < indices.length; at++) {
    if (indices[at] < vector.length) sum += values[at] * vector[indices[at]];
  }
  return sum;
}

function addTo(vector: Float64Array, { indices, values }: Gradient, factor = 1): void {
  for (let at = 0; at < indices.length; at++) vector[indices[at]] += factor * values[at];
}

/** Products of all pairs of gradients. */
function gram(gradients: readonly Gradient[], effects: number): Matrix {
  const products = Matrix.zeros(gradients.length, gradients.length);
  const vector = new Float64Array(effects);
  gradients.forEach((gradient, row) => {
    addTo(vector, gradient);
    for (let column = 0; column <= row; column++) {
      const product = dot(gradients[column], vector);
      products.set(row, column, product);
      products.set(column, row, product);
    }
    for (const index of gradient.indices) vector[index] = 0;
  });
  return products;
}

function studentWeight(residual: number): number {
  return (DEGREES + 1) / (DEGREES + residual * residual);
}

/**
 * Maximum of the posterior of all effects and its Laplace approximation, in the space of the rows: there are fewer of
 * them than effects. Rows follow a Student distribution, by weights that are set anew in each step.
 */
export class PopulationFit {
  readonly #index = new EffectIndex();
  readonly #rowSigma: number;
  #values: Float64Array;
  #gradients: readonly Gradient[] = [];
  #factor: CholeskyDecomposition | undefined;

  constructor(rows: readonly MeasuredFitRow[], rowSigma: number, start?: EffectValues) {
    this.#rowSigma = rowSigma;
    const indexed = rows.map((row) => ({ ...row, ...this.#indexed(row) }));
    this.#values = Float64Array.from(this.#index.names, (name) => start?.get(name) ?? 0);
    if (rows.length === 0) return;
    for (const factor of start ? REFIT_FACTORS : ROW_SIGMA_FACTORS) this.#step(indexed, rowSigma * factor);
  }

  get values(): EffectValues {
    return new Map(this.#index.names.map((name, index) => [name, this.#values[index]]));
  }

  predict(row: FitRow): LogPrediction {
    const { means, covariance } = this.joint([row]);
    return { mean: means[0], sigma: Math.sqrt(covariance[0][0] + this.#rowSigma ** 2) };
  }

  /** Means and covariance of several runs' log cycles, without what a single row adds. */
  joint(rows: readonly FitRow[]): { means: number[]; covariance: number[][] } {
    const at = rows.map((row) => linearize(this.#indexed(row), this.#values));
    return {
      means: at.map(({ log }) => log),
      covariance: this.#covarianceOf(at.map(({ gradient }) => gradient)),
    };
  }

  /** Several runs' log cycles and behind them one effect, in units of its spread: means and covariance. */
  withEffect(rows: readonly FitRow[], name: string): { means: number[]; covariance: number[][] } {
    const effect = this.#index.of(name);
    const at = rows.map((row) => linearize(this.#indexed(row), this.#values));
    const unit = { indices: Int32Array.of(effect), values: Float64Array.of(1) };
    return {
      means: [...at.map(({ log }) => log), this.#values[effect] ?? 0],
      covariance: this.#covarianceOf([...at.map(({ gradient }) => gradient), unit]),
    };
  }

  #covarianceOf(gradients: readonly Gradient[]): number[][] {
    const prior = gram(gradients, this.#index.names.length);
    if (this.#factor === undefined) return prior.to2DArray();
    const across = new Matrix(gradients.map((gradient) => this.#across(gradient)));
    const known = across.mmul(this.#factor.solve(across.transpose()));
    const covariance = prior.sub(known).to2DArray();
    return covariance.map((row, index) => row.with(index, Math.max(0, row[index])));
  }

  /** Products of a gradient with those of the rows that were learnt from. */
  #across(gradient: Gradient): number[] {
    const vector = new Float64Array(this.#index.names.length);
    addTo(vector, gradient);
    return this.#gradients.map((other) => dot(other, vector));
  }

  /** Effects of a class that the row has nothing of play no part. */
  #indexed(row: FitRow): IndexedRow {
    const effects = row.effects.filter(({ of }) => of === undefined || row.instructions[of] > 0);
    return { ...row, effects, indices: Int32Array.from(effects, ({ name }) => this.#index.of(name)) };
  }

  /** One step of Gauss and Newton, with the weights that the rows' residuals give them. */
  #step(rows: readonly (IndexedRow & MeasuredFitRow)[], rowSigma: number): void {
    const at = rows.map((row) => linearize(row, this.#values));
    const gradients = at.map(({ gradient }) => gradient);
    const residuals = rows.map(({ logCycles }, row) => logCycles - at[row].log);
    const noisy = gram(gradients, this.#index.names.length);
    residuals.forEach((residual, row) => {
      const noise = rowSigma ** 2 / studentWeight(residual / rowSigma);
      noisy.set(row, row, noisy.get(row, row) + noise);
    });
    const factor = new CholeskyDecomposition(noisy);
    const targets = residuals.map((residual, row) => residual + dot(gradients[row], this.#values));
    const solved = factor.solve(Matrix.columnVector(targets)).to1DArray();
    this.#gradients = gradients;
    this.#factor = factor;
    this.#values = new Float64Array(this.#index.names.length);
    gradients.forEach((gradient, row) => addTo(this.#values, gradient, solved[row]));
  }
}
