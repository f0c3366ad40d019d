import { SpecError } from '../../errors.ts';
import { checkAxis } from './axis-values.ts';
import { isResultColumn } from './metric.ts';
import { parseClock } from './clock-axis.ts';
import {
  countGridPoints,
  isReservedAxis,
  RESERVED_AXES,
  type DesignSpace,
  type ModelTemplate,
  type Objective,
  type Sampling,
} from './space.ts';
import type { Axis } from './axis.ts';
import { placeholdersOf } from './template.ts';

/** A study as it is asked for; what is absent is a full grid, default options, latency as the objective. */
export interface DesignRequest extends Pick<DesignSpace, 'model' | 'constraint' | 'intervals'> {
  /** In any order; `board` must be among them. */
  readonly axes: readonly { readonly name: string; readonly values: readonly unknown[] }[];
  readonly sampling?: Sampling;
  readonly objectives?: readonly Objective[];
}

/** A child has two parents. */
const MIN_POPULATION = 2;
const MAX_POINTS = Number.MAX_SAFE_INTEGER;

/** Values that an axis without them would allow anyway, and those of a closed list. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  dtype: ['float32', 'int8'],
  floatFc: ['yes', 'no'],
  copyOut: ['cpu', 'dma'],
};

/**
 * The space of a request, its axes in order. Throws a SpecError of one line for an axis that is unknown, empty, missing
 * or given twice, a value twice, and a sampling that asks for more points than there are.
 */
export function designSpace(request: DesignRequest): DesignSpace {
  const { model, constraint, intervals } = request;
  // Before the values are looked at, of which there may be millions.
  requireCountable(request.axes);
  const axes = orderAxes(model, request.axes);
  axes.forEach((axis) => checkWords(axis, model));
  const sampling = request.sampling ?? { method: 'grid' };
  checkSampling(sampling, axes);
  const objectives = request.objectives ?? [{ metric: 'latencyMs', goal: 'min' }];
  return {
    ...{ model, axes, sampling, objectives },
    ...(constraint && { constraint }),
    ...(intervals && { intervals }),
  };
}

function orderAxes(model: ModelTemplate, asked: DesignRequest['axes']): Axis[] {
  const placeholders = placeholdersOf(model);
  const byName = new Map<string, Axis>();
  for (const { name, values } of asked) {
    if (byName.has(name)) throw new SpecError(`${name}: the axis is given twice`);
    if (!isReservedAxis(name) && !placeholders.includes(name)) throw unknownAxis(name, placeholders);
    byName.set(name, checkAxis(name, values));
  }
  for (const name of placeholders) {
    if (name !== 'dtype' && isReservedAxis(name))
      throw new SpecError(`model: {${name}} cannot be a placeholder, it is an axis of its own`);
    if (!byName.has(name))
      throw new SpecError(`model: {${name}} has no axis; give it values, such as ${name} 1:8`);
  }
  if (!byName.has('board')) throw new SpecError('board: the axis is missing; name one board or more');
  const order = [...placeholders.filter((name) => name !== 'dtype'), ...RESERVED_AXES];
  return order.flatMap((name) => byName.get(name) ?? []);
}

function unknownAxis(name: string, placeholders: readonly string[]): SpecError {
  const known = [...placeholders, ...RESERVED_AXES].join(', ');
  return new SpecError(`${name}: unknown axis, and the model has no {${name}}; there are ${known}`);
}

function checkWords({ name, values }: Axis, model: ModelTemplate): void {
  // What every object has would be found in each table of names.
  if (name in {}) throw new SpecError(`${name}: is no name for an axis; choose another one`);
  if (isResultColumn(name))
    throw new SpecError(
      `model: {${name}} cannot be a placeholder, it is a column of the results; choose another name`,
    );
  if (name === 'clock') values.forEach((value) => parseClock(String(value)));
  if (name === 'dtype' && model.kind === 'file')
    throw new SpecError(`dtype: ${model.name} has its own type; leave the axis out, or give a spec`);
  if (name === 'dtype' && model.kind === 'spec' && isTyped(model.text))
    throw new SpecError('dtype: the model says it already; leave the axis out, or write {dtype} there');
  const words = WORDS[name];
  const odd = words && values.find((value) => !words.includes(String(value)));
  if (odd === undefined) return;
  throw new SpecError(`${name}: "${odd}" is not known; choose from ${words.join(', ')}`);
}

function isTyped(text: string): boolean {
  return !text.includes('{dtype}') && /\bdtype\b/.test(text);
}

function requireCountable(axes: DesignRequest['axes']): void {
  const grid = countGridPoints({ axes });
  if (grid > MAX_POINTS)
    throw new SpecError(`the grid has ${grid.toExponential(1)} points, more than can be counted`);
}

function checkSampling(sampling: Sampling, axes: readonly Axis[]): void {
  const grid = countGridPoints({ axes });
  if (sampling.method === 'grid') return;
  const { method, points, seed } = sampling;
  if (!Number.isSafeInteger(points) || points < 1)
    throw new SpecError(`${method}: the number of points must be a whole number above 0, got ${points}`);
  const { population = MIN_POPULATION } = sampling as { readonly population?: number };
  if (!Number.isSafeInteger(population) || population < MIN_POPULATION)
    throw new SpecError(
      `${method}: the population must be a whole number from ${MIN_POPULATION} on, got ${population}`,
    );
  if (!Number.isSafeInteger(seed)) throw new SpecError(`${method}: the seed must be a whole number`);
  if (points > grid)
    throw new SpecError(
      `${method}: ${points} points are asked for, and the grid has only ${grid}; ask for fewer, or take the grid`,
    );
}
