import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainFileErrors as explainErrors, SpecError } from '../errors.ts';

export { explainErrors };

/** Standard output has another name where it can be meant; a file called "-" would be what nobody asked for. */
export function requireNoDash(path: string): void {
  if (path === '-')
    throw new SpecError('"-" is standard output, which cannot be written here; name a file or folder');
}

/** Makes a folder and those above it; a SpecError in one line where it cannot. */
export async function makeDirectory(path: string): Promise<void> {
  requireNoDash(path);
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
