import { join } from 'node:path';
import { SpecError } from '../../errors.ts';
import { listNames, makeFolder, NODE_FILES, writeWhole, type Files } from './store-files.ts';
import { HEADER_FILE, readHeader } from './header.ts';
import { partPath, PARTS_FOLDER } from './part-names.ts';

/** Another machine's way into the folder of a sweep. */
export interface SharedStore {
  write(batch: number, bytes: Uint8Array): Promise<void>;
}

/**
 * The store of a sweep in a folder that several machines reach; undefined where the folder holds another sweep or none.
 * Throws a SpecError of one line where there is no such folder.
 */
export async function openSharedStore(
  folder: string,
  key: string,
  files: Files = NODE_FILES,
): Promise<SharedStore | undefined> {
  const found = await files.stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new SpecError(`${folder}: there is no such folder here; name the folder that the sweep writes to`);
  }
  if (!(await listNames(files, folder)).includes(HEADER_FILE)) return undefined;
  if ((await readHeader(files, folder)).key !== key) return undefined;
  const parts = join(folder, PARTS_FOLDER);
  await makeFolder(files, parts);
  return {
    write: (batch, bytes) => writeWhole(files, partPath(folder, batch), (handle) => handle.writeFile(bytes)),
  };
}
