import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import { parseAxisValues } from '../../sweep/study/axis-values.ts';
import type { Constraint } from '../../sweep/study/constraint.ts';
import { designSpace } from '../../sweep/study/design-space.ts';
import { parseConstraint } from '../../sweep/study/parse-constraint.ts';
import { parseObjectives, parseStudy } from '../../sweep/study/parse-study.ts';
import {
  countPoints,
  type DesignSpace,
  type ModelTemplate,
  type Objective,
} from '../../sweep/study/space.ts';
import { specTemplate } from '../../sweep/study/template.ts';
import { loadBoardVariants, readBytes, readDescription } from '../inputs.ts';
import {
  axesOf,
  modelText,
  PAPER_AXES,
  requireCounts,
  requireOnce,
  strayOption,
  type ParsedArgs,
  type TypedAxis,
} from './axes.ts';
import { AXIS_OPTIONS, STUDY_OPTIONS } from './sweep-options.ts';
import { parseSampling } from './words.ts';

export interface Study {
  readonly space: DesignSpace;
  readonly boards: readonly Board[];
}

const DEFAULT_OBJECTIVES = 'latencyMs,flashBytes';
/** Up to here 90 % intervals cost no time that is felt. */
const INTERVAL_POINTS = 1000;
const BINARY_MODEL = /\.(tflite|kmodel|kfpkg)$/i;

/** The study that the command line asks for. Throws a SpecError of one line for what it cannot be. */
export async function readStudy(args: ParsedArgs): Promise<Study> {
  requireOnce(args);
  const { space, boards } = args.space === undefined ? await fromOptions(args) : await fromFile(args);
  const { intervals: written, ...rest } = space;
  const wanted = args.intervals ?? written ?? countPoints(space) <= INTERVAL_POINTS;
  return { space: wanted === true ? { ...rest, intervals: true } : rest, boards };
}

async function fromOptions(args: ParsedArgs): Promise<Study> {
  const model = await loadTemplate(modelText(args));
  const typed = axesOf(args, model);
  const boards = await loadBoardVariants(
    typed.find(({ name }) => name === 'board')!.text,
    args.set as string | undefined,
  );
  const axes = typed.map((axis) => ({ name: axis.name, values: valuesOf(axis, boards) }));
  if (args.model === undefined) {
    typed.forEach((axis, at) => PAPER_AXES.includes(axis.name) && requireCounts(axis, axes[at].values));
  }
  const constraint = whereOf(args);
  const { sample } = args as { sample?: string };
  const seed = seedOf(args);
  const space = designSpace({
    ...{ model, axes, objectives: objectivesOf(args) },
    ...(sample !== undefined && { sampling: parseSampling(sample, seed) }),
    ...(constraint && { constraint }),
  });
  return { space, boards };
}

/** A file of bytes, the text of a JSON file with its placeholders, or a template as it was typed. */
async function loadTemplate(text: string): Promise<ModelTemplate> {
  if (BINARY_MODEL.test(text)) {
    const bytes = await readBytes(text);
    return { kind: 'file', name: text, base64: Buffer.from(bytes).toString('base64') };
  }
  return specTemplate(/\.json$/i.test(text) ? await readDescription(text) : text);
}

function valuesOf({ name, text }: TypedAxis, boards: readonly Board[]): readonly (string | number)[] {
  if (name === 'board') return boards.map(({ id }) => id);
  return parseAxisValues(`--${name}`, text);
}

export function objectivesOf({ objectives }: ParsedArgs): Objective[] {
  return parseObjectives(
    ((objectives as string | undefined) ?? DEFAULT_OBJECTIVES).split(','),
    '--objectives',
  );
}

function seedOf({ seed = 1, sample }: ParsedArgs): number {
  if (sample === undefined && seed !== 1) throw new SpecError('--seed belongs to --sample');
  if (Number.isSafeInteger(seed)) return seed as number;
  throw new SpecError(`--seed must be a whole number, got ${String(seed)}`);
}

function whereOf({ where }: ParsedArgs): Constraint | undefined {
  if (where === undefined) return undefined;
  const all = (Array.isArray(where) ? where : [where]).map((text) => parseConstraint(String(text)));
  return all.length === 1 ? all[0] : { kind: 'all', of: all };
}

/** A study in a file, whose boards may be files too; options that say what is studied cannot stand beside it. */
async function fromFile(args: ParsedArgs): Promise<Study> {
  const path = String(args.space);
  const asked = [...STUDY_OPTIONS, ...AXIS_OPTIONS].filter(
    (option) => !['space', 'intervals'].includes(option),
  );
  const stray = asked.find((option) => args[option] !== undefined) ?? strayOption(args);
  if (stray !== undefined)
    throw new SpecError(`--space says what is studied; leave out --${stray}, or write it into ${path}`);
  const text = await readDescription(path);
  const { BOARDS } = await import('../../boards/index.ts');
  const space = parseStudy(text, path, BOARDS);
  const ids = space.axes.find(({ name }) => name === 'board')!.values.join(',');
  const boards = await loadBoardVariants(ids, args.set as string | undefined);
  const values = boards.map(({ id }) => id);
  const axes = space.axes.map((axis) => (axis.name === 'board' ? { ...axis, values } : axis));
  return { space: { ...space, axes }, boards };
}
