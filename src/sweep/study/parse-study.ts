import { parseDocument } from 'yaml';
import type { Board } from '../../boards/board/board.ts';
import { InferscopeError, SpecError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';
import { parseAxisValues } from './axis-values.ts';
import type { Constraint } from './constraint.ts';
import { designSpace } from './design-space.ts';
import { METRICS, metricOf } from './metric.ts';
import { parseConstraint } from './parse-constraint.ts';
import type { DesignSpace, Objective, Sampling } from './space.ts';
import { specTemplate } from './template.ts';

type Fields = Readonly<Record<string, unknown>>;

const KEYS = ['model', 'axes', 'sampling', 'constraints', 'objectives', 'intervals'];
const METHODS = ['grid', 'random', 'lhs', 'search'];

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The study of a YAML or JSON document: `model` (a template), `axes` (values by name; board: all), and, if wanted,
 * `sampling` (grid, or {random: 1000, seed: 1}), `constraints` (a text, or a list of which all must hold), `objectives`
 * (latency, "max accuracy") and `intervals`. Throws a SpecError of one line that begins with `file`.
 */
export function parseStudy(text: string, file: string, boards: readonly Board[]): DesignSpace {
  try {
    return studyOf(readDocument(text), boards);
  } catch (error) {
    if (error instanceof InferscopeError) throw new SpecError(`${file}: ${error.message}`);
    throw error;
  }
}

function readDocument(text: string): Fields {
  const document = parseYaml(text);
  if (!isFields(document)) throw new SpecError(`a study is a document with the keys ${KEYS.join(', ')}`);
  const odd = Object.keys(document).find((key) => !KEYS.includes(key));
  if (odd !== undefined) throw new SpecError(`unknown key ${quote(odd)}; a study has ${KEYS.join(', ')}`);
  return document;
}

function parseYaml(text: string): unknown {
  try {
    const parsed = parseDocument(text, { logLevel: 'error' });
    // Its warnings are of tags that it does not know.
    const [problem] = [...parsed.errors, ...parsed.warnings];
    if (problem) throw problem;
    return parsed.toJS();
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    // What the library says of several is for those who call it.
    const what = (error as { code?: string }).code === 'MULTIPLE_DOCS' ? 'it holds several documents' : line;
    throw new SpecError(`not valid YAML or JSON: ${what}`);
  }
}

function studyOf(
  { model, axes, sampling, constraints, objectives, intervals }: Fields,
  boards: readonly Board[],
) {
  if (typeof model !== 'string')
    throw new SpecError('model: must be a template, such as paper:{filters},k={kernel}');
  if (!isFields(axes)) throw new SpecError('axes: must be values by name, such as filters: 1:64');
  if (![undefined, true, false].includes(intervals as boolean))
    throw new SpecError('intervals: must be true or false');
  return designSpace({
    model: specTemplate(model),
    axes: Object.entries(axes).map(([name, values]) => ({ name, values: valuesOf(name, values, boards) })),
    sampling: samplingOf(sampling),
    ...(constraints !== undefined && { constraint: constraintOf(constraints) }),
    ...(objectives !== undefined && { objectives: objectivesOf(objectives) }),
    ...(intervals === true && { intervals }),
  });
}

function valuesOf(name: string, values: unknown, boards: readonly Board[]): readonly unknown[] {
  if (name === 'board' && values === 'all') return boards.map(({ id }) => id);
  const list = Array.isArray(values) ? (values as unknown[]) : [values];
  return list.flatMap((value) => (typeof value === 'string' ? parseAxisValues(name, value) : [value]));
}

function samplingOf(sampling: unknown): Sampling {
  if (sampling === undefined || sampling === 'grid') return { method: 'grid' };
  const fields = isFields(sampling) ? sampling : {};
  const method = Object.keys(fields).find((key) => METHODS.includes(key));
  const odd = Object.keys(fields).find((key) => ![method, 'seed', 'population'].includes(key));
  const numbers = Object.values(fields).every(Number.isSafeInteger);
  if (method === undefined || method === 'grid' || odd !== undefined || !numbers) {
    const forms = 'grid, {random: 1000, seed: 1}, {lhs: 1000, seed: 1} or {search: 5000, seed: 1}';
    throw new SpecError(`sampling: ${JSON.stringify(sampling)} is not understood; write ${forms}`);
  }
  const { seed = 1, population } = fields as { readonly seed?: number; readonly population?: number };
  const points = fields[method] as number;
  if (method !== 'search') return { method: method as 'random' | 'lhs', points, seed };
  return { method, points, seed, ...(population !== undefined && { population }) };
}

function constraintOf(constraints: unknown): Constraint {
  const list: unknown[] = Array.isArray(constraints) ? constraints : [constraints];
  const of = list.map((text) => {
    if (typeof text === 'string') return parseConstraint(text);
    throw new SpecError(`constraints: ${JSON.stringify(text)} is no text such as latencyMs < 5`);
  });
  return of.length === 1 ? of[0] : { kind: 'all', of };
}

function objectivesOf(objectives: unknown): Objective[] {
  const list: unknown[] = Array.isArray(objectives) ? objectives : String(objectives).split(',');
  return parseObjectives(list.map(String), 'objectives');
}

/** Reads several, each of a metric of its own. Throws a SpecError that begins with `where`. */
export function parseObjectives(texts: readonly string[], where: string): Objective[] {
  const objectives = texts.map(parseObjective);
  const metrics = objectives.map(({ metric }) => metric);
  const twice = metrics.find((metric, index) => metrics.indexOf(metric) !== index);
  if (twice !== undefined) throw new SpecError(`${where}: ${twice} is given twice`);
  return objectives;
}

/** Reads "latency", "min flash" or "max accuracy"; without a goal, accuracy the more the better, all others the less. */
export function parseObjective(text: string): Objective {
  const [, goal, name = ''] = /^(?:(min|max)\s+)?([A-Za-z]+)$/.exec(text.trim()) ?? [];
  const metric = metricOf(name);
  if (metric === undefined)
    throw new SpecError(`objectives: "${text}" is not known; choose from ${METRICS.join(', ')}`);
  return { metric, goal: (goal as 'min' | 'max' | undefined) ?? (metric === 'accuracy' ? 'max' : 'min') };
}
