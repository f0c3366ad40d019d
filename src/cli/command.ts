import type { Argv } from 'yargs';
import type { Io } from './io.ts';

/** 0 fine, 1 a gate or check failed, 2 the user's mistake, 3 a script met what is not modelled, 70 our bug, 130 stopped by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130;

/**
 * One command. The file that defines it is loaded at every start, so it imports types and texts only;
 * `run` imports what it needs when it is called.
 */
export interface Command<Args> {
  readonly command: string;
  readonly describe: string;
  /** Declares what yargs parses into `Args`; yargs' own types lose the camel-case names. */
  readonly builder: (yargs: Argv) => Argv<object>;
  /** Options that do nothing without another: the one that each needs. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Options that do nothing beside another: the one beside which each does not. */
  readonly idleBeside?: Readonly<Record<string, string>>;
  readonly run: (args: Args, io: Io) => Promise<ExitCode>;
}

/** Types of the arguments erased, so that commands of all kinds fit in one list. */
export type AnyCommand = Command<never>;

export function defineCommand<Args>(command: Command<Args>): AnyCommand {
  return command;
}

/**
 * For a command that takes some words several times, positionals or options with their aliases: any other option that is
 * given twice counts as it was given last, as everywhere.
 */
export function withLists(yargs: Argv, lists: readonly string[]): Argv {
  const lastOfEach = (args: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(args)) {
      if (Array.isArray(value) && !lists.includes(name) && name !== '_') args[name] = value.at(-1);
    }
  };
  return yargs
    .parserConfiguration({ 'duplicate-arguments-array': true, 'greedy-arrays': false })
    .middleware(lastOfEach, true);
}

/** `--json`, the same for every command. */
export const JSON_OPTION = {
  json: { type: 'boolean', default: false, describe: 'Print one JSON document instead of text' },
} as const;

/** `--board`, an id or a JSON file, several with commas, or all. */
export const BOARD_OPTION = {
  board: {
    alias: 'b',
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: 'Board id (see inferscope boards) or JSON file; several with commas; all',
  },
} as const;

/** `--board` of commands that take one. */
export const ONE_BOARD_OPTION = {
  board: { ...BOARD_OPTION.board, describe: 'Board id (see inferscope boards) or JSON file' },
} as const;

/** `--all`, for commands that print a row an operator. */
export const ALL_OPTION = {
  all: { type: 'boolean', default: false, describe: 'Print every row, where a long table is cut' },
} as const;

/** `--strict`, for commands that ask several boards. */
export const STRICT_OPTION = {
  strict: { type: 'boolean', default: false, describe: 'End with 2 if any of several boards refuses' },
} as const;

/** `--sort`, `--top` and `--csv`, for commands that print a row a step. */
export const TABLE_OPTIONS = {
  sort: { choices: ['index', 'ms'], describe: 'Order of the steps: as they run, or the longest first' },
  top: { type: 'number', requiresArg: true, describe: 'Only the first so many steps' },
  csv: {
    type: 'string',
    requiresArg: true,
    describe: 'Write the steps as CSV into this file; - prints them',
  },
} as const;

export const MODEL_HELP =
  'paper:8, paper:8,k=5,size=28, a .tflite, .onnx, .kmodel or .kfpkg file, a .json spec, or - for stdin';
