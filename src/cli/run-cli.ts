import type { Argv } from 'yargs';
import yargs from 'yargs';
import { InferscopeError, StoppedError } from '../errors.ts';
import type { AnyCommand, ExitCode } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import {
  COMPLETION_FLAG,
  explainMissing,
  explainUnknown,
  isAboutWords,
  isEmptyOption,
  nameOf,
  requireCommand,
  requireEffect,
  requireOwnNames,
  requireSaidOnce,
  requireSwitches,
  UsageError,
  withHelpWords,
  withStandardInput,
} from './command-words.ts';
import { visibleIo, type Io } from './io.ts';
import { optionsOf } from './option-names.ts';
import { requireOwnPlaces } from './output-places.ts';
import { settingsInForce } from './set-option.ts';
import { VERSION } from './version.ts';

const EPILOGUE =
  'Exit codes: 0 fine, 1 a gate, a check or a script failed, 2 your mistake, 70 our bug, 130 interrupted.';

interface Starting {
  readonly words: readonly string[];
  readonly io: Io;
}

/**
 * A command line that has been read, thrown: for a handler that returns, yargs lays out the help, which nobody reads and which
 * takes as long as a prediction.
 */
class Chosen extends Error {
  readonly run: () => Promise<ExitCode>;

  constructor(run: () => Promise<ExitCode>) {
    super('chosen');
    this.run = run;
  }
}

function addCommands(parser: Argv, { words, io }: Starting): Argv {
  const add = (argv: Argv, { command, describe, builder, run, ...effects }: AnyCommand): Argv =>
    argv.command(command, describe, builder, (args) => {
      requireNumbers(args, words);
      requireSwitches(args, words);
      requireEffect(words, effects);
      requireSaidOnce(words);
      requireOwnPlaces(args);
      const inForce = { ...args, ...('set' in args && { set: settingsInForce(args) }) };
      throw new Chosen(() => run(inForce as never, io));
    });
  return COMMANDS.reduce(add, parser);
}

/** Throws a UsageError for an option that counts and was given a word, or an empty one, which would read as 0. */
function requireNumbers(args: Readonly<Record<string, unknown>>, words: readonly string[]): void {
  const odd = Object.keys(args).find(
    (name) => Number.isNaN(args[name]) || (args[name] === 0 && isEmptyOption(name, words)),
  );
  if (odd !== undefined) throw new UsageError(`--${odd} needs a number`);
}

function buildParser(starting: Starting): Argv {
  const parser = yargs()
    .scriptName('inferscope')
    .detectLocale(false)
    .usage('$0 <command>: how long a CNN takes on a microcontroller, why, and what would change it')
    .parserConfiguration({ 'duplicate-arguments-array': false });
  return addCommands(parser, starting)
    .demandCommand(1, 'name a command')
    .strict()
    .exitProcess(false)
    .help()
    .alias('h', 'help')
    .version(VERSION)
    .alias('V', 'version')
    .wrap(Math.min(starting.io.columns, 110))
    .epilogue(EPILOGUE)
    .fail((message, error: Error | undefined) => {
      if (error !== undefined && !isAboutWords(error)) throw error;
      const { words } = starting;
      const usage = String(commandOf(words)?.command ?? '');
      throw new UsageError(explainUnknown(explainMissing(message, usage), words, knownOptions(words)));
    });
}

async function complete(words: readonly string[], io: Io): Promise<ExitCode> {
  const { completeWords } = await import('./complete-words.ts');
  for (const word of await completeWords(words, COMMANDS)) io.out(`${word}\n`);
  return 0;
}

const commandOf = ([first]: readonly string[]): AnyCommand | undefined =>
  COMMANDS.find((one) => nameOf(one) === first);

function knownOptions(words: readonly string[]): string[] {
  const command = commandOf(words);
  return command ? optionsOf(command) : ['help', 'version'];
}

const LONGEST_MESSAGE = 2000;
/** Of a message that is too long: room for what is wrong and where, and for what to do. */
const [KEPT_BEGINNING, KEPT_END] = [400, 1000];

/** A message that repeats a long word of the user's or of a file, without the middle of it. */
function shortened(message: string): string {
  if (message.length <= LONGEST_MESSAGE) return message;
  const left = message.length - KEPT_BEGINNING - KEPT_END;
  return `${message.slice(0, KEPT_BEGINNING)}... (${left} more characters) ...${message.slice(-KEPT_END)}`;
}

function reportFailure(error: unknown, argv: readonly string[], io: Io): ExitCode {
  const text = error instanceof Error ? error.message : String(error);
  const message = shortened(text.replace(/\s*\n\s*/g, ' '));
  if (error instanceof InferscopeError) {
    io.err(`inferscope: ${message}\n`);
    return error instanceof StoppedError ? 130 : 2;
  }
  if (error instanceof UsageError) {
    io.err(`inferscope: ${message}${message.endsWith('?') ? ' See' : '; see'} ${helpFor(argv)}\n`);
    return 2;
  }
  io.err(`inferscope: this is a bug in inferscope: ${message} (INFERSCOPE_DEBUG=1 shows where)\n`);
  if (process.env.INFERSCOPE_DEBUG === '1' && error instanceof Error) io.err(`${error.stack}\n`);
  return 70;
}

function helpFor([first = '']: readonly string[]): string {
  const isCommand = COMMANDS.some((command) => nameOf(command) === first);
  return isCommand ? `inferscope ${first} --help` : 'inferscope --help';
}

/** The command that the words choose; nothing where yargs has answered itself (help, version), which is printed. */
async function readWords(words: readonly string[], io: Io): Promise<Chosen | undefined> {
  let printed = '';
  try {
    await buildParser({ words, io }).parseAsync([...words], {}, (error, _args, output) => {
      printed = output;
      if (error) throw error;
    });
  } catch (error) {
    if (error instanceof Chosen) return error;
    throw error;
  }
  if (printed) io.out(`${printed}\n`);
  return undefined;
}

/** Runs one command line (without node and script) and gives the exit code; never throws. */
export async function runCli(argv: readonly string[], given: Io): Promise<ExitCode> {
  const io = visibleIo(given);
  const words = withStandardInput(withHelpWords(argv));
  try {
    if (words[0] === COMPLETION_FLAG) return await complete(words.slice(1), io);
    requireCommand(words, COMMANDS.map(nameOf));
    requireOwnNames(words);
    const chosen = await readWords(words, io);
    return chosen ? await chosen.run() : 0;
  } catch (error) {
    return reportFailure(error, argv, io);
  }
}
