import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { SpecError } from '../../errors.ts';

/** Names of a folder's files of these kinds (extensions with the dot), sorted. Throws a SpecError where there are none. */
export async function listImages(folder: string, kinds: readonly string[]): Promise<string[]> {
  const names = await readFolder(folder);
  const images = names.filter((name) => kinds.includes(extname(name).toLowerCase())).sort();
  if (images.length > 0) return images;
  throw new SpecError(`--dataset ${folder}: holds no images; put in ${kinds.join(' ')} files`);
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    const what = code === 'ENOENT' ? 'no such folder' : 'is a file';
    throw new SpecError(`--dataset ${folder}: ${what}; give mnist or a folder of images`);
  }
}
