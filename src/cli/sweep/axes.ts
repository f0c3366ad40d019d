import { BOARDS } from '../../boards/index.ts';
import { SpecError } from '../../errors.ts';
import { RESERVED_AXES } from '../../sweep/study/space.ts';
import type { ModelTemplate } from '../../sweep/study/space.ts';
import { placeholdersOf } from '../../sweep/study/template.ts';
import { SWEEP_OPTIONS } from './sweep-options.ts';

/** What yargs parsed: known options, and unknown ones, which may be axes. */
export type ParsedArgs = Readonly<Record<string, unknown>>;

/** The values of one axis as they were typed. */
export interface TypedAxis {
  readonly name: string;
  readonly text: string;
}

const DEFAULT_AXES = { filters: '1:10', kernel: '3', side: '14' } as const;

export const PAPER_AXES = ['filters', 'kernel', 'side', 'size'];
const camelCase = (option: string) =>
  option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const NO_AXES = new Set(
  Object.keys(SWEEP_OPTIONS)
    .filter(
      (option) =>
        !(option in DEFAULT_AXES) && !(RESERVED_AXES as readonly string[]).includes(camelCase(option)),
    )
    .flatMap((option) => [option, camelCase(option)]),
);
const NOT_OPTIONS = new Set(['_', '$0', 'help', 'version', 'b', 'boards']);

/** Names and texts of all options that are no other option's name. */
function typedAxes(args: ParsedArgs): Map<string, string> {
  const axes = new Map<string, string>();
  for (const [key, value] of Object.entries(args)) {
    const isTwin = key.includes('-') && camelCase(key) in args;
    if (NO_AXES.has(key) || NOT_OPTIONS.has(key) || isTwin || value === undefined) continue;
    axes.set(key, axisText(key, value));
  }
  return axes;
}

function axisText(name: string, value: unknown): string {
  const option = `--${kebabCase(name)}`;
  if (Array.isArray(value)) throw new SpecError(`${option} is given twice; write all its values with commas`);
  if (typeof value === 'string' && value !== '') return value;
  throw new SpecError(`${option} needs values: write 8, a list 1,3,5 or a range 1:64`);
}

/** An option that is no known one: with a study in a file there are no axes. */
export function strayOption(args: ParsedArgs): string | undefined {
  return [...typedAxes(args).keys()][0];
}

/** The template of --model or the paper's, whose image side may be called --size too. */
export function modelText(args: ParsedArgs): string {
  if (typeof args.model === 'string') return args.model;
  return `paper:{filters},k={kernel},size={${args.size === undefined ? 'side' : 'size'}}`;
}

/** The one value of an option that must not recur. Throws a SpecError that names it. */
export function requireOnce(args: ParsedArgs): void {
  for (const option of Object.keys(SWEEP_OPTIONS)) {
    if (option === 'where' || !Array.isArray(args[option])) continue;
    throw new SpecError(`--${option} is given twice`);
  }
}

/**
 * The axes of the command line, with those that it may leave out. Throws a SpecError of one line for an option that is
 * no axis of the model.
 */
export function axesOf(args: ParsedArgs, model: ModelTemplate): TypedAxis[] {
  const placeholders = placeholdersOf(model);
  const typed = typedAxes(args);
  const known = [...new Set([...placeholders, ...RESERVED_AXES])];
  const stray = [...typed.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) {
    const options = known.map((name) => `--${kebabCase(name)}`).join(', ');
    throw new SpecError(
      `--${kebabCase(stray)}: no such option, and no {${stray}} in the model; its axes are ${options}`,
    );
  }
  const words = (args._ as readonly unknown[]).slice(1);
  if (words.length > 0)
    throw new SpecError(
      `"${String(words[0])}" stands alone; write the values of an axis with commas and no spaces`,
    );
  const defaults = Object.entries(args.model === undefined ? DEFAULT_AXES : {});
  for (const [name, text] of [...defaults, ['board', FITTED] as const]) {
    if (!typed.has(name) && (name === 'board' || placeholders.includes(name))) typed.set(name, text);
  }
  return [...typed].map(([name, text]) => ({ name, text }));
}

/** What is swept where nobody says which: the boards that are fitted to their own measurements. */
const FITTED = BOARDS.map(({ id }) => id).join(',');

/** The numbers of the paper's network. Throws a SpecError for one that none can be built with. */
export function requireCounts({ name }: TypedAxis, values: readonly unknown[]): void {
  const odd = values.find((value) => !Number.isSafeInteger(value) || (value as number) < 1);
  if (odd !== undefined) throw new SpecError(`--${name}: "${String(odd)}" is no whole number above 0`);
}
