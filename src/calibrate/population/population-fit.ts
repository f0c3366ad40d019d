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
const REFIT_FACTORS = [1.5, 1, 1, 1];
/** Degrees of freedom of the rows' Student distribution: 4 to 5 fit the tails of held-out rows. */
const DEGREES = 4;

/** Values of the effects in units of their spreads, by name. */
export type EffectValues = ReadonlyMap<string, number>;

/** Derivatives of a row's log cycles by its effects, in units of their spreads: indices of effects and values. */
interface Gradient {
  readonly indices: readonly number[];
  readonly values: readonly number[];
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
  readonly indices: readonly number[];
}

/** Log cycles of a row and its gradient, at given values of the effects. */
function linearize(
  { effects, indices, instructions }: IndexedRow,
  values: readonly number[],
): { log: number; gradient: Gradient } {
  const logs = instructions.map((count) => Math.log(count));
  effects.forEach(({ spread, of, weights }, at) => {
    const value = (values[indices[at]] ?? 0) * spread;
    if (of !== undefined) logs[of] += value;
    else for (let index = 0; index < logs.length; index++) logs[index] += value * (weights?.[index] ?? 1);
  });
  const cycles = logs.map(Math.exp);
  const total = cycles.reduce((sum, value) => sum + value, 0);
  const gradient = { indices: [] as number[], values: [] as number[] };
  effects.forEach(({ spread, of, weights }, at) => {
    const share = of === undefined ? shareOf(cycles, weights) / total : cycles[of] / total;
    if (share * spread === 0) return;
    gradient.indices.push(indices[at]);
    gradient.values.push(share * spread);
  });
  return { log: Math.log(total), gradient };
}

function shareOf(cycles: readonly number[], weights: readonly number[] | undefined): number {
  return cycles.reduce((sum, value, index) => sum + value * (weights?.[index] ?? 1), 0);
}

function dot({ indices, values }: Gradient, vector: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < indices.length; at++) sum += values[at] * (vector[indices[at]] ?? 0);
  return sum;
}

function dense({ indices, values }: Gradient, length: number): number[] {
  const vector = new Array<number>(length).fill(0);
  indices.forEach((index, at) => (vector[index] += values[at]));
  return vector;
}

/** Products of all pairs of gradients. */
function gram(gradients: readonly Gradient[], effects: number): number[][] {
  return gradients.map((gradient) => {
    const vector = dense(gradient, effects);
    return gradients.map((other) => dot(other, vector));
  });
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
  #values: number[];
  #gradients: readonly Gradient[] = [];
  #factor: CholeskyDecomposition | undefined;

  constructor(rows: readonly MeasuredFitRow[], rowSigma: number, start?: EffectValues) {
    this.#rowSigma = rowSigma;
    const indexed = rows.map((row) => ({ ...row, ...this.#indexed(row) }));
    this.#values = this.#index.names.map((name) => start?.get(name) ?? 0);
    for (const factor of start ? REFIT_FACTORS : ROW_SIGMA_FACTORS) this.#step(indexed, rowSigma * factor);
  }

  get values(): EffectValues {
    return new Map(this.#index.names.map((name, index) => [name, this.#values[index]]));
  }

  predict(row: FitRow): LogPrediction {
    const { log, gradient } = linearize(this.#indexed(row), this.#values);
    const vector = dense(gradient, this.#index.names.length);
    const across = this.#gradients.map((other) => dot(other, vector));
    const solved = this.#factor!.solve(Matrix.columnVector(across)).to1DArray();
    const known = across.reduce((sum, value, index) => sum + value * solved[index], 0);
    const variance = Math.max(0, dot(gradient, vector) - known) + this.#rowSigma ** 2;
    return { mean: log, sigma: Math.sqrt(variance) };
  }

  #indexed(row: FitRow): IndexedRow {
    return { ...row, indices: row.effects.map(({ name }) => this.#index.of(name)) };
  }

  /** One step of Gauss and Newton, with the weights that the rows' residuals give them. */
  #step(rows: readonly (IndexedRow & MeasuredFitRow)[], rowSigma: number): void {
    const at = rows.map((row) => linearize(row, this.#values));
    const gradients = at.map(({ gradient }) => gradient);
    const residuals = rows.map(({ logCycles }, row) => logCycles - at[row].log);
    const noisy = gram(gradients, this.#index.names.length);
    residuals.forEach((residual, row) => {
      noisy[row][row] += rowSigma ** 2 / studentWeight(residual / rowSigma);
    });
    const factor = new CholeskyDecomposition(new Matrix(noisy));
    const targets = residuals.map((residual, row) => residual + dot(gradients[row], this.#values));
    const solved = factor.solve(Matrix.columnVector(targets)).to1DArray();
    this.#gradients = gradients;
    this.#factor = factor;
    this.#values = this.#combine(gradients, solved);
  }

  #combine(gradients: readonly Gradient[], factors: readonly number[]): number[] {
    const values = this.#index.names.map(() => 0);
    gradients.forEach(({ indices, values: derivatives }, row) => {
      indices.forEach((index, at) => (values[index] += derivatives[at] * factors[row]));
    });
    return values;
  }
}
