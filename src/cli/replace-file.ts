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

/** Writes a file whole or not at all: beside its place first, then moved there. Throws a SpecError of one line. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  await explainErrors(path, async () => {
    const { target, isPlain } = await resolveTarget(path);
    if (!isPlain) return writeFile(target, bytes);
    try {
      await writeFile(besides(target), bytes);
      await rename(besides(target), target);
    } finally {
      await rm(besides(target), { force: true });
    }
  });
}
