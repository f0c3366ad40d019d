import { didYouMean } from '../../closest-name.ts';
import { FormatError } from '../../errors.ts';
import type { PredictArgs } from '../predict-options.ts';

/** What a prediction may cost at most; accuracy is what it must reach. */
export interface Limits {
  /** Predicted latency, in ms. */
  readonly latencyMs?: number;
  /** Upper end of the latency's 90 % interval, in ms. */
  readonly latencyHighMs?: number;
  /** Growth of the latency since the baseline, in percent. */
  readonly latencyGrowthPercent?: number;
  readonly flashBytes?: number;
  readonly arenaBytes?: number;
  readonly ramBytes?: number;
  readonly energyUj?: number;
  /** Share of the data set's images named right, 0 to 1. */
  readonly accuracy?: number;
  /** True: no layer of the model may fall to the core. */
  readonly noLayerOnCore?: boolean;
  /** True: everything must fit the board's memories. */
  readonly fits?: boolean;
}

/** One budget: models and boards by name or glob, how they are asked, and the limits. */
export interface Budget {
  readonly model: string;
  readonly board: string;
  readonly options: Partial<PredictArgs>;
  /** Data set of the accuracy, such as mnist or mnist:100. */
  readonly dataset: string;
  readonly limits: Limits;
}

export type LimitName = keyof Limits;

const NUMBERS: readonly LimitName[] = [
  ...(['latencyMs', 'latencyHighMs', 'latencyGrowthPercent', 'flashBytes', 'arenaBytes'] as const),
  ...(['ramBytes', 'energyUj', 'accuracy'] as const),
];
const SWITCHES: readonly LimitName[] = ['noLayerOnCore', 'fits'];
const OPTION_TEXTS = ['kernels', 'clock', 'weightsIn', 'set'] as const;
const FIELDS = ['model', 'board', 'dataset', ...OPTION_TEXTS, ...NUMBERS, ...SWITCHES];

type Fields = Readonly<Record<string, unknown>>;

/** The budgets of a parsed budgets.json. Throws a FormatError that names the budget and the field. */
export function parseBudgets(json: unknown, path: string): Budget[] {
  const list = isFields(json) ? json.budgets : undefined;
  if (!Array.isArray(list) || list.length === 0) {
    throw new FormatError(
      `${path}: must be {"budgets": [{"model": ..., "board": ..., "latencyMs": ...}, ...]} with at least one budget`,
    );
  }
  const stray = Object.keys(json as Fields).find((key) => !['budgets', '$schema'].includes(key));
  if (stray !== undefined)
    throw new FormatError(`${path}: unknown field "${stray}"; it holds "budgets" only`);
  return list.map((fields: unknown, at) => parseBudget(fields, `${path}: budgets[${at}]`));
}

function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function parseBudget(fields: unknown, where: string): Budget {
  if (!isFields(fields)) throw new FormatError(`${where}: must be an object`);
  const stray = Object.keys(fields).find((key) => !FIELDS.includes(key));
  if (stray !== undefined) {
    const known = didYouMean(stray, FIELDS) || `; known are ${FIELDS.join(', ')}`;
    throw new FormatError(`${where}: unknown field "${stray}"${known}`);
  }
  const limits = parseLimits(fields, where);
  if (Object.keys(limits).length === 0) {
    throw new FormatError(
      `${where}: has no limit; give at least one of ${[...NUMBERS, ...SWITCHES].join(', ')}`,
    );
  }
  const [model, board] = (['model', 'board'] as const).map((key) => textOf(fields, key, where));
  if (model === undefined || board === undefined) {
    throw new FormatError(`${where}: lacks "${model === undefined ? 'model' : 'board'}"`);
  }
  const options = OPTION_TEXTS.flatMap((key) => {
    const value = textOf(fields, key, where);
    return value === undefined ? [] : [[key, value]];
  });
  const dataset = textOf(fields, 'dataset', where) ?? 'mnist';
  return { model, board, dataset, limits, options: Object.fromEntries(options) as Partial<PredictArgs> };
}

function textOf(fields: Fields, key: string, where: string): string | undefined {
  const value = fields[key];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new FormatError(`${where}: ${key} must be a text, got ${JSON.stringify(value)}`);
}

function parseLimits(fields: Fields, where: string): Limits {
  const numbers = NUMBERS.filter((key) => fields[key] !== undefined).map((key) => {
    const value = fields[key];
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return [key, value];
    throw new FormatError(`${where}: ${key} must be a number of at least 0, got ${JSON.stringify(value)}`);
  });
  const switches = SWITCHES.filter((key) => fields[key] !== undefined).map((key) => {
    if (fields[key] === true) return [key, true];
    throw new FormatError(`${where}: ${key} can only be true; leave it out where it does not matter`);
  });
  return Object.fromEntries([...numbers, ...switches]) as Limits;
}
