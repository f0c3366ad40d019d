/** A mistake of the user, told in one line: what is wrong, where, and what to do. The CLI exits with 2. */
export class InferscopeError extends Error {
  override name = 'InferscopeError';
  /** Whether something ran into a limit of memory or steps. */
  readonly isLimit: boolean = false;

  /** Line ends within the message, which names from files may have, are shown as escapes. */
  constructor(message: string, options?: ErrorOptions) {
    super(message.replaceAll('\n', '\\n').replaceAll('\r', '\\r'), options);
  }
}

/** A file or byte stream that does not hold what its format promises. */
export class FormatError extends InferscopeError {
  override name = 'FormatError';
}

/** A model spec, board file or option that asks for something impossible. */
export class SpecError extends InferscopeError {
  override name = 'SpecError';
}

/** Work that was stopped from outside before anything of it could be kept: no mistake. The CLI exits with 130. */
export class StoppedError extends SpecError {
  override name = 'StoppedError';
}

/** An operator that the board's runtime, or this project, cannot place; names op, index and unit. */
export class UnsupportedOpError extends InferscopeError {
  override name = 'UnsupportedOpError';
}

/** No cost row for an operator on a unit. Unknown is an error, never zero. */
export class MissingCostError extends InferscopeError {
  override name = 'MissingCostError';
  constructor(op: string, index: number, unit: string, board: string, detail: string) {
    super(`no cost for op ${index} (${op}) on unit "${unit}" of board "${board}": ${detail}`);
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be written (permissions)',
  EROFS: 'lies on a read-only file system',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'is a file, not a directory',
  EPERM: 'may not be written (permissions)',
  EFBIG: 'larger than files may be here (a limit of the system)',
  EIO: 'the device fails',
  ENXIO: 'is a device or socket that nobody reads',
  ELOOP: 'its links lead back to themselves',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'is in use',
  ETXTBSY: 'is a program that runs',
};

/** What the file system refused, in a few words. */
export function describeFileError(error: unknown): string {
  return problemOf(error) ?? (error instanceof Error ? error.message : String(error));
}

/** Names of what an operating system refuses, such as EDEADLK; undefined for those of Node's own errors and for our bugs. */
export function systemWord(code: string): string | undefined {
  return /^E[A-Z0-9]+$/.test(code) ? `the system says ${code}` : undefined;
}

function problemOf(error: unknown): string | undefined {
  const { code = '' } = error as { code?: string };
  return PROBLEMS[code] ?? systemWord(code);
}

/** Turns what the file system refuses into a SpecError of one line that begins with the path. */
export async function explainFileErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    throw new SpecError(`${path}: cannot be written: ${problem}`);
  }
}
