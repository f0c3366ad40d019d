import { lstat, realpath, unlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { SpecError } from '../../errors.ts';
import type { WrittenFile } from '../../firmware/guest/guest-files.ts';
import { visible } from '../../report/visible-text.ts';
import type { Io } from '../io.ts';
import { makeDirectory } from '../outputs.ts';
import { replaceFile } from '../replace-file.ts';

/** Letters, digits and what names of files have besides, in any file system. */
const ODD = /[^\p{L}\p{N}._ ()+,=@-]/gu;
const MAX_NAME_LENGTH = 100;

/** A path on the board as one below a folder of this computer: no part of it leads upwards or is hidden from view. */
export function hostPathOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const plain = parts.map((part) => part.replaceAll(ODD, '_').replace(/^\.+$|[. ]+$/u, '_'));
  return join(...plain.map((part) => part.slice(-MAX_NAME_LENGTH)));
}

/**
 * Writes what a script wrote below `folder`, which is made where it is not there; without a folder, says in one line how
 * many files there are. Throws a SpecError for what cannot be written; nothing is ever written outside of the folder.
 */
export async function keepFiles(
  written: readonly WrittenFile[],
  folder: string | undefined,
  { script, io }: { readonly script: string; readonly io: Io },
): Promise<void> {
  if (written.length === 0) return;
  const count = written.length === 1 ? 'one file' : `${written.length} files`;
  if (folder === undefined) {
    io.err(`${script}: wrote ${count} on the board; --out DIR keeps them\n`);
    return;
  }
  await makeDirectory(folder);
  const root = await realpath(folder);
  const taken = new Set<string>();
  for (const file of written) await keepFile(file, root, taken);
  io.err(`${script}: wrote ${count} on the board, kept in ${visible(folder)}\n`);
}

async function keepFile({ path, bytes }: WrittenFile, root: string, taken: Set<string>): Promise<void> {
  const target = join(root, hostPathOf(path));
  const shown = visible(path);
  if (!bytes) throw new SpecError(`--out: ${shown} is not kept: the files are larger than 32 MB together`);
  if (taken.has(target.toLowerCase()))
    throw new SpecError(`--out: ${shown} has the name of a file before it`);
  taken.add(target.toLowerCase());
  const isInside = `${await nearestFolder(dirname(target))}${sep}`.startsWith(`${root}${sep}`);
  if (!isInside) throw new SpecError(`--out: ${shown} would leave the folder through a link`);
  await makeDirectory(dirname(target));
  // A link of that name would be followed.
  if ((await lstat(target).catch(() => undefined))?.isSymbolicLink()) await unlink(target);
  await replaceFile(target, bytes);
}

/** Where the deepest folder of a path that is there already really lies. */
async function nearestFolder(path: string): Promise<string> {
  return realpath(path).catch(() => nearestFolder(dirname(path)));
}
