import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SpecError } from '../errors.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be written (permissions)',
  EROFS: 'lies on a read-only file system',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'is a file, not a directory',
  EPERM: 'may not be written (permissions)',
};

/** Turns what the file system refuses into a SpecError of one line that begins with the path. */
export async function explainErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const problem = PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''];
    if (problem === undefined) throw error;
    throw new SpecError(`${path}: cannot be written: ${problem}`);
  }
}

/** Writes a file; a SpecError in one line where it cannot. */
export async function writeText(path: string, text: string): Promise<void> {
  await explainErrors(path, () => writeFile(path, text));
}

export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await explainErrors(path, () => writeFile(path, bytes));
}

/** Makes a folder and those above it; a SpecError in one line where it cannot. */
export async function makeDirectory(path: string): Promise<void> {
  await explainErrors(path, () => makeFolders(path));
}

// Not mkdir's own `recursive`: under /proc and the like Node 20 then tries for ever.
async function makeFolders(path: string): Promise<void> {
  const isFolder = async (name: string) => (await stat(name).catch(() => undefined))?.isDirectory() ?? false;
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path && !(await isFolder(parent))) await makeFolders(parent);
  await mkdir(path).catch(async (error: unknown) => {
    // Another process may have been first.
    if (!(await isFolder(path))) throw error;
  });
}
