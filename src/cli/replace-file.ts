import { constants, createReadStream, createWriteStream, existsSync } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdtemp,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SpecError } from '../errors.ts';
import { visible } from '../report/visible-text.ts';
import { NO_NAME } from './inputs.ts';
import { explainErrors, requireNoDash } from './outputs.ts';

interface Target {
  readonly path: string;
  /** Of a plain file that is there. */
  readonly mode?: number;
  /** False for a pipe or a device, which cannot be replaced. */
  readonly isPlain: boolean;
  /** A pipe with a name: to open it for writing waits until somebody reads. */
  readonly isPipe?: boolean;
}

/** Names of what is open already: to replace the file behind them would leave the open one behind. */
const OPEN = /^\/(dev|proc)\//;

/** The file that a path leads to. */
async function resolveTarget(path: string): Promise<Target> {
  if (path === '') throw new SpecError(NO_NAME);
  requireNoDash(path);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory()) throw new SpecError(`${path}: cannot be written: is a directory`);
  if (!found) return { path: await linkedPath(path), isPlain: true };
  if (!found.isFile() || OPEN.test(path))
    return { path, isPlain: false, isPipe: found.isFIFO() && !OPEN.test(path) };
  return { path: await realpath(path), mode: found.mode, isPlain: true };
}

/** Where a link leads whose file is not there yet; any other path as it is. */
async function linkedPath(path: string): Promise<string> {
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? path : resolve(dirname(path), target);
}

/** Writes into a pipe that somebody reads. Throws a SpecError where nobody does, for whom it would wait without end. */
async function writePipe(path: string, write: (path: string) => Promise<void>): Promise<void> {
  const held = await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    throw new SpecError(`${path}: cannot be written: is a pipe that nobody reads; start its reader first`);
  });
  try {
    await write(path);
  } finally {
    await held.close();
  }
}

/** Puts a file into its place; a file that is mounted there cannot be replaced, only written anew. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    await copyFile(from, to);
  }
}

const besides = ({ path: target }: Target) => `${target}.${process.pid}.part`;

/** Throws a SpecError of one line where a file could not be written, before the work whose outcome it will hold. */
export async function requireWritable(path: string): Promise<void> {
  await explainErrors(path, async () => {
    const target = await resolveTarget(path);
    if (!target.isPlain) return;
    await writeFile(besides(target), '');
    await rm(besides(target), { force: true });
  });
}

/**
 * Has a file written whole or not at all: `write` is given a path beside its place, from which it is moved there. Where
 * `write` throws, what was there before stays. Throws a SpecError of one line where the file cannot be written.
 */
export async function replaceBy(path: string, write: (path: string) => Promise<void>): Promise<void> {
  await explainErrors(path, async () => {
    const target = await resolveTarget(path);
    if (target.isPipe) return writePipe(target.path, write);
    if (!target.isPlain) return write(target.path);
    try {
      await write(besides(target));
      if (target.mode !== undefined) await chmod(besides(target), target.mode);
      await move(besides(target), target.path);
    } finally {
      await rm(besides(target), { force: true });
    }
  });
}

/**
 * As `replaceBy` for what makes a file of its own at a path where none is, which would take the place of a pipe or a device:
 * there the file's bytes are written.
 */
export async function replaceByOwn(path: string, make: (path: string) => Promise<void>): Promise<void> {
  await replaceBy(path, async (place) => {
    if (!existsSync(place)) return make(place);
    const folder = await mkdtemp(join(tmpdir(), 'inferscope-'));
    try {
      await make(join(folder, 'own'));
      await copyInto(join(folder, 'own'), place);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** The bytes of a file to a place. Copying as the system does it would give the file's mode to a device. */
export async function copyInto(from: string, place: string): Promise<void> {
  await pipeline(createReadStream(from), createWriteStream(place));
}

/**
 * Writes a file whole or not at all, control and direction characters of a text as escapes. Throws a SpecError of one line.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await replaceBy(path, (beside) =>
    writeFile(beside, typeof content === 'string' ? visible(content) : content),
  );
}
