import type { GuestFiles } from '@micropython/micropython-webassembly-pyscript/micropython.mjs';
import type { WrittenFile } from './guest-files.ts';

/** Folders of the interpreter itself, which no board has. */
const INTERPRETERS = ['/dev', '/proc', '/tmp', '/home', '/.board'];
/** Bytes of all files together that leave a run; a file with a hole may say that it is larger than what was written. */
const MAX_KEPT_BYTES = 32 * 2 ** 20;

/**
 * Files that are there after a run and were not, or were others, before it, in the order of their paths. Their bytes come
 * with them where `keepsBytes`, until `MAX_KEPT_BYTES` are reached.
 */
export function writtenFiles(
  files: GuestFiles,
  before: Readonly<Record<string, Uint8Array>>,
  keepsBytes: boolean,
): WrittenFile[] {
  let left = MAX_KEPT_BYTES;
  return pathsBelow(files, '')
    .map((path) => ({ path, byteLength: files.stat(path).size }))
    .filter((file) => !isAsBefore(files, file, before))
    .map(({ path, byteLength }) => {
      if (!keepsBytes || byteLength > left) return { path, byteLength };
      left -= byteLength;
      return { path, byteLength, bytes: files.readFile(path) };
    });
}

function pathsBelow(files: GuestFiles, folder: string): string[] {
  const names = files.readdir(folder === '' ? '/' : folder).filter((name) => name !== '.' && name !== '..');
  return names.sort().flatMap((name) => {
    const path = `${folder}/${name}`;
    if (INTERPRETERS.includes(path)) return [];
    return files.isDir(files.stat(path).mode) ? pathsBelow(files, path) : [path];
  });
}

function isAsBefore(
  files: GuestFiles,
  { path, byteLength }: WrittenFile,
  before: Readonly<Record<string, Uint8Array>>,
): boolean {
  const old = Object.hasOwn(before, path) ? before[path] : undefined;
  if (old?.length !== byteLength) return false;
  return files.readFile(path).every((byte, at) => byte === old[at]);
}
