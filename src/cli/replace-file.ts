import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { SpecError } from '../errors.ts';
import { explainErrors } from './outputs.ts';

/** The file that a path leads to, and whether it is a plain one or not there yet. */
async function resolveTarget(path: string): Promise<{ target: string; isPlain: boolean }> {
  try {
    const target = await realpath(path);
    const found = await stat(target);
    if (found.isDirectory()) throw new SpecError(`${path}: cannot be written: is a directory`);
    return { target, isPlain: found.isFile() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { target: path, isPlain: true };
    throw error;
  }
}

const besides = (target: string) => `${target}.${process.pid}.part`;

/** Throws a SpecError of one line where a file could not be written, before the work whose outcome it will hold. */
export async function requireWritable(path: string): Promise<void> {
  await explainErrors(path, async () => {
    const { target, isPlain } = await resolveTarget(path);
    if (!isPlain) return;
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
    const { target, isPlain } = await resolveTarget(path);
    if (!isPlain) return write(target);
    try {
      await write(besides(target));
      await rename(besides(target), target);
    } finally {
      await rm(besides(target), { force: true });
    }
  });
}

/** Writes a file whole or not at all. Throws a SpecError of one line. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await replaceBy(path, (beside) => writeFile(beside, content));
}
