import { fstatSync, writeSync } from 'node:fs';
import { describeFileError } from '../errors.ts';
import { visible } from '../report/visible-text.ts';

/** Where a command's output goes; tests give their own. Exactly what is written is printed, no line end is added. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What a script prints: as it is where something else reads it, shown like all other text on a terminal. */
  readonly raw?: (text: string) => void;
  /** Columns of the terminal, or of COLUMNS where it is set. */
  readonly columns: number;
  /** Seconds of the wall clock since any start, for progress and rates. */
  readonly seconds: () => number;
  /** Stderr where it is a terminal, on which a progress bar can be drawn. */
  readonly terminal?: NodeJS.WriteStream;
}

const DEFAULT_COLUMNS = 100;
const NANOSECONDS = 1e9;
const STDOUT = 1;

function endAt(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`inferscope: the standard output cannot be written: ${describeFileError(error)}\n`);
  process.exit(2);
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Into a file on a disk that fills, a system writes what fits and says how much: Node's own stream does not look. */
function writeWhole(text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(STDOUT, bytes, at);
  } catch (error) {
    endAt(error as NodeJS.ErrnoException);
  }
}

/**
 * The process's own streams. A reader that goes away (`inferscope ... | head`) ends the program quietly, an output that
 * cannot be written (to a full disk) with one line.
 */
export function processIo(): Io {
  process.stdout.on('error', endAt);
  // Nobody is left who could be told.
  process.stderr.on('error', () => undefined);
  return {
    out: isFile(STDOUT) ? writeWhole : (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ...(process.stdout.isTTY && { raw: (text: string) => void process.stdout.write(visible(text)) }),
    columns: Number(process.env.COLUMNS) || process.stdout.columns || DEFAULT_COLUMNS,
    seconds: () => Number(process.hrtime.bigint()) / NANOSECONDS,
    ...(process.stderr.isTTY && { terminal: process.stderr }),
  };
}

/** The same, with control and direction characters of foreign text shown as escapes. */
export function visibleIo(io: Io): Io {
  return {
    ...io,
    out: (text) => io.out(visible(text)),
    err: (text) => io.err(visible(text)),
    raw: io.raw ?? io.out,
  };
}

/** Prints what a script has printed. */
export function writeRaw(io: Io, text: string): void {
  (io.raw ?? io.out)(text);
}

export function writeLine(io: Io, text: string): void {
  io.out(`${text}\n`);
}

/** JSON has no word for what is no finite number and would say null: a text says which. */
export function finiteOrNamed(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

export function writeJson(io: Io, document: unknown): void {
  io.out(`${JSON.stringify(document, finiteOrNamed, 2)}\n`);
}
