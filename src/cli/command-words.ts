import { didYouMean } from '../closest-name.ts';
import type { AnyCommand } from './command.ts';

/** The word with which the script of `completion` asks. */
export const COMPLETION_FLAG = '--get-yargs-completions';

/** A command line that is wrong as it is written. */
export class UsageError extends Error {}

/** The word that a command begins with. */
export const nameOf = ({ command }: Pick<AnyCommand, 'command'>): string => command.split(' ')[0];

/** `help` alone is --help, `help predict` is `predict --help`. */
export function withHelpWords(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  return first === 'help' ? [...rest, '--help'] : argv;
}

/** What a lone - in the place of a model becomes, which the parser would read as nothing. */
export const STANDARD_INPUT = '(stdin)';

/** A lone - that is no value of an option stands for the standard input. */
export function withStandardInput(words: readonly string[]): readonly string[] {
  return words.map((word, at) => (word === '-' && !words[at - 1]?.startsWith('-') ? STANDARD_INPUT : word));
}

/** What is mostly wanted of a file that stands where a command should, by its ending. */
const COMMAND_OF: ReadonlyMap<string, string> = new Map([
  ['tflite', 'predict'],
  ['kmodel', 'predict'],
  ['onnx', 'predict'],
  ['py', 'exec'],
  ['lua', 'lua'],
]);

/** Throws a UsageError where the first word is no command, with the one that was meant. */
export function requireCommand([first]: readonly string[], names: readonly string[]): void {
  if (first === undefined || first.startsWith('-') || names.includes(first)) return;
  const command = COMMAND_OF.get(/\.(\w+)$/.exec(first)?.[1] ?? '');
  const meant = command !== undefined ? `; did you mean "${command} ${first}"?` : didYouMean(first, names);
  throw new UsageError(`unknown command "${first}"${meant}`);
}

/** What a command wants that was not given, where yargs has only counted words. `usage` is as "explain <model> [others..]". */
export function explainMissing(message: string, usage: string): string {
  const wanted = usage.match(/<[^>]+>/g);
  if (wanted === null || !message.startsWith('Not enough non-option arguments')) return message;
  return `${usage.split(' ')[0]} needs ${wanted.join(' and ')}`;
}

/** Names of the options that were typed, without their dashes; behind a bare -- there are none. */
function typedOptions(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv
    .slice(0, end < 0 ? undefined : end)
    .flatMap((word) => /^--([a-z][a-z-]*)(=|$)/.exec(word)?.[1] ?? []);
}

/** Whether an option was typed with nothing as its value, as a shell does with a variable that is not set. */
export function isEmptyOption(name: string, words: readonly string[]): boolean {
  return words.some((word, at) => word === `--${name}=` || (word === `--${name}` && words[at + 1] === ''));
}

const GIVEN = /^--(?:no-)?([^=]+)=([^]*)$/;
const SWITCH_WORDS = ['true', 'false'];

/** Throws a UsageError for a switch with a word of its own, which yargs reads as off: --gate=1 would pass every gate. */
export function requireSwitches(args: Readonly<Record<string, unknown>>, words: readonly string[]): void {
  const end = words.indexOf('--');
  for (const word of words.slice(0, end < 0 ? undefined : end)) {
    const [, name, value] = GIVEN.exec(word) ?? [];
    if (name === undefined || typeof args[name] !== 'boolean' || SWITCH_WORDS.includes(value)) continue;
    throw new UsageError(`--${name} takes no word, got "${value}"; write --${name} or --no-${name}`);
  }
}

const NAMED = /^--(?:no-)?([A-Za-z][\w-]*)/;

/** Throws a UsageError for an option that is named as what every object has: yargs takes that for a setting of its own. */
export function requireOwnNames(words: readonly string[]): void {
  for (const word of words) {
    const name = NAMED.exec(word)?.[1] ?? '';
    const joined = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (joined === '' || !(joined in {})) continue;
    throw new UsageError(`--${name}: there is no such option, and an axis needs another name`);
  }
}

/** What is written in one word with commas, and would be lost if the last of several words held. */
const LISTS_IN_A_WORD = ['set', 'board'];

const withLongNames = (argv: readonly string[]): string[] =>
  argv.map((word) => (word.startsWith('-b') ? '--board' : word));

/** Throws a UsageError where such a list is given twice. Any other option that is given twice holds as it was given last. */
export function requireSaidOnce(argv: readonly string[]): void {
  const typed = typedOptions(withLongNames(argv));
  const twice = LISTS_IN_A_WORD.find((name) => typed.indexOf(name) !== typed.lastIndexOf(name));
  if (twice !== undefined) throw new UsageError(`--${twice} is given twice; write both in one, with a comma`);
}

/** Throws a UsageError for an option that does nothing without another that was not typed, or beside one that was. */
export function requireEffect(
  argv: readonly string[],
  { needs = {}, idleBeside = {} }: Pick<AnyCommand, 'needs' | 'idleBeside'>,
): void {
  const typed = typedOptions(withLongNames(argv));
  const idle = typed.find((name) => needs[name] !== undefined && !typed.includes(needs[name]));
  if (idle !== undefined) throw new UsageError(`--${idle} does nothing without --${needs[idle]}`);
  const vain = typed.find((name) => typed.includes(idleBeside[name]));
  if (vain !== undefined) throw new UsageError(`--${vain} does nothing beside --${idleBeside[vain]}`);
}

/** What the parser of yargs says of an option without its value, which it throws as it does its own mistakes. */
const NO_VALUE = /^Not enough arguments following: (.+)$/;

/** Whether the parser of yargs threw this of the words that it was given. */
export const isAboutWords = (error: unknown): boolean =>
  error instanceof Error && NO_VALUE.test(error.message);

/** What yargs says of a command line, with the options that were meant where one is unknown. */
export function explainUnknown(message: string, words: readonly string[], known: readonly string[]): string {
  const bare = NO_VALUE.exec(message)?.[1];
  if (bare !== undefined) return `${bare.length === 1 ? '-' : '--'}${bare} needs a value behind it`;
  if (!/^(Unknown|Missing required) argument/.test(message)) return message;
  const odd = typedOptions(words).find((name) => !known.includes(name.replace(/^no-/, '')));
  if (odd === undefined) return message;
  const names = known.map((name) => `--${name}`);
  return `Unknown argument: ${odd}${didYouMean(`--${odd}`, names)}`;
}
