import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';

const isGlob = (text: string): boolean => /[*?]/.test(text);

/** A pattern of one name as a regular expression: `*` any signs, `?` one. */
export function nameMatcher(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`);
}

/** Names that a glob matches, in their order; the name itself where it is no glob. */
export function matchNames(pattern: string, names: readonly string[]): readonly string[] {
  return isGlob(pattern) ? names.filter((name) => nameMatcher(pattern).test(name)) : [pattern];
}

/**
 * Files that a glob of paths matches, sorted; `**` stands for any folders. A path that is no glob is given back as it is,
 * whether it is there or not.
 */
export async function matchFiles(pattern: string, folder: string): Promise<readonly string[]> {
  if (!isGlob(pattern)) return [pattern];
  const root = isAbsolute(pattern) ? '/' : '';
  const segments = pattern.split('/').filter((segment) => segment !== '');
  return (await walk(root, segments, folder)).sort();
}

async function walk(path: string, segments: readonly string[], folder: string): Promise<string[]> {
  const [first, ...rest] = segments;
  if (first === undefined) return [path];
  if (!isGlob(first)) return walk(join(path, first), rest, folder);
  const entries = await readdir(resolve(folder, path), { withFileTypes: true }).catch(() => []);
  const below = (names: readonly string[], further: readonly string[]): Promise<string[][]> =>
    Promise.all(names.map((name) => walk(join(path, name), further, folder)));
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (first === '**') {
    return [...(await walk(path, rest, folder)), ...(await below(folders, segments)).flat()];
  }
  const matching =
    rest.length > 0 ? folders : entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return (
    await below(
      matching.filter((name) => nameMatcher(first).test(name)),
      rest,
    )
  ).flat();
}
