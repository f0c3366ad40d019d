/** Where a command's output goes; tests give their own. Exactly what is written is printed, no line end is added. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Seconds of the wall clock since any start, for progress and rates. */
  readonly seconds: () => number;
  /** Stderr where it is a terminal, on which a progress bar can be drawn. */
  readonly terminal?: NodeJS.WriteStream;
}

const DEFAULT_COLUMNS = 100;
const NANOSECONDS = 1e9;

/** The process's own streams. A reader that goes away (`inferscope ... | head`) ends the program quietly. */
export function processIo(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: process.stdout.columns || DEFAULT_COLUMNS,
    seconds: () => Number(process.hrtime.bigint()) / NANOSECONDS,
    ...(process.stderr.isTTY && { terminal: process.stderr }),
  };
}

export function writeLine(io: Io, text: string): void {
  io.out(`${text}\n`);
}

export function writeJson(io: Io, document: unknown): void {
  io.out(`${JSON.stringify(document, null, 2)}\n`);
}
