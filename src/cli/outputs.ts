import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainFileErrors as explainErrors } from '../errors.ts';

export { explainErrors };

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
