/** The files of the project as they are on the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Not part of a copy of the project: made by tools, or large and shared by a link. */
export const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', 'coverage', 'report']);

/** Path from the root, with slashes, to text; binary files have text that nobody reads. */
export type Tree = ReadonlyMap<string, string>;

export function readTree(root: string): Tree {
  const top = readdirSync(root, { withFileTypes: true }).filter(({ name }) => !LEFT_OUT.has(name));
  const files = top.flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(root, entry.name)) : [join(root, entry.name)],
  );
  return new Map(
    files.map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

export const isTest = (file: string): boolean => /^(src|test)\/.*\.test\.ts$/.test(file);

/** Code that may be changed: TypeScript below src/ that is no test and no declaration. */
export const isSource = (file: string): boolean =>
  file.startsWith('src/') && file.endsWith('.ts') && !/\.(test|d)\.ts$/.test(file);

/** The room of a source: its folder below src/, two levels deep at most. Files of src/ itself are a room too. */
export function roomOf(file: string): string {
  return file.split('/').slice(0, -1).slice(0, 3).join('/');
}
