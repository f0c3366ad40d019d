import type { Argv } from 'yargs';
import yargs from 'yargs';
import { InferscopeError } from '../errors.ts';
import type { AnyCommand, ExitCode } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** A command line that yargs rejects; `command` is what was typed first. */
class UsageError extends Error {}

const EPILOGUE = 'Exit codes: 0 fine, 1 a gate or check failed, 2 your mistake, 70 our bug, 130 interrupted.';

function addCommands(parser: Argv, start: (run: () => Promise<ExitCode>) => void, io: Io): Argv {
  const add = (argv: Argv, { command, describe, builder, run }: AnyCommand): Argv =>
    argv.command(command, describe, builder, (args) => {
      requireNumbers(args);
      start(() => run(args as never, io));
    });
  return COMMANDS.reduce(add, parser);
}

/** Throws a UsageError for an option that counts and was given a word. */
function requireNumbers(args: Readonly<Record<string, unknown>>): void {
  const odd = Object.keys(args).find((name) => Number.isNaN(args[name]));
  if (odd !== undefined) throw new UsageError(`--${odd} needs a number`);
}

function buildParser(io: Io, start: (run: () => Promise<ExitCode>) => void): Argv {
  const parser = yargs()
    .scriptName('inferscope')
    .detectLocale(false)
    .usage('$0 <command>: how long a CNN takes on a microcontroller, why, and what would change it')
    .parserConfiguration({ 'duplicate-arguments-array': false });
  return addCommands(parser, start, io)
    .demandCommand(1, 'name a command')
    .strict()
    .exitProcess(false)
    .version(VERSION)
    .wrap(Math.min(io.columns, 110))
    .epilogue(EPILOGUE)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
}

function reportFailure(error: unknown, argv: readonly string[], io: Io): ExitCode {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
  if (error instanceof InferscopeError) {
    io.err(`inferscope: ${message}\n`);
    return 2;
  }
  if (error instanceof UsageError) {
    io.err(`inferscope: ${message}; see ${helpFor(argv)}\n`);
    return 2;
  }
  io.err(`inferscope: this is a bug in inferscope: ${message} (INFERSCOPE_DEBUG=1 shows where)\n`);
  if (process.env.INFERSCOPE_DEBUG === '1' && error instanceof Error) io.err(`${error.stack}\n`);
  return 70;
}

function helpFor([first = '']: readonly string[]): string {
  const isCommand = COMMANDS.some(({ command }) => command.split(' ')[0] === first);
  return isCommand ? `inferscope ${first} --help` : 'inferscope --help';
}

/** Runs one command line (without node and script) and gives the exit code; never throws. */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  let chosen: (() => Promise<ExitCode>) | undefined;
  let printed = '';
  try {
    const parser = buildParser(io, (run) => void (chosen = run));
    await parser.parseAsync([...argv], {}, (error, _args, output) => {
      printed = output;
      if (error) throw error;
    });
    if (printed) io.out(`${printed}\n`);
    return chosen ? await chosen() : 0;
  } catch (error) {
    return reportFailure(error, argv, io);
  }
}
