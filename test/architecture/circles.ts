import { posix } from 'node:path';
import { resolveImport, type Source } from './source-tree.ts';

/** Who points to whom. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/** Imports between files, types included; libraries left out. */
export function arrowsBetweenFiles(sources: readonly Source[]): Arrows {
  const known = new Set(sources.map(({ path }) => path));
  return new Map(
    sources.map(({ path, imports }) => {
      const targets = imports
        .filter(({ target }) => target.startsWith('.'))
        .map(({ target }) => resolveImport(path, target));
      return [path, new Set(targets.filter((target) => known.has(target)))];
    }),
  );
}

/**
 * The same arrows as one sees them standing in `room`: its files and its folders, a folder taken as one. Arrows that
 * leave the room are left out.
 */
export function arrowsInside(room: string, files: Arrows): Arrows {
  const childOf = (path: string) =>
    path.startsWith(room) ? room + path.slice(room.length).split('/')[0]! : undefined;
  const children = new Map<string, Set<string>>();
  for (const [from, targets] of files) {
    const child = childOf(from);
    if (child === undefined) continue;
    const seen = children.get(child) ?? new Set();
    children.set(child, seen);
    for (const to of targets) {
      const other = childOf(to);
      if (other !== undefined && other !== child) seen.add(other);
    }
  }
  return children;
}

/** Every folder that holds files, with a slash at its end; '' is the whole tree. */
export function roomsOf(files: Arrows): string[] {
  const rooms = new Set<string>(['']);
  for (const path of files.keys()) {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
      rooms.add(`${folder}/`);
  }
  return [...rooms].sort();
}

/** One circle for each place from which arrows lead back to it, as `a -> b -> a`; empty where there is none. */
export function findCircles(arrows: Arrows): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (at: string, trail: readonly string[]): void => {
    const start = trail.indexOf(at);
    if (start >= 0) circles.push([...trail.slice(start), at].join(' -> '));
    if (start >= 0 || done.has(at)) return;
    for (const next of arrows.get(at) ?? []) walk(next, [...trail, at]);
    done.add(at);
  };
  for (const start of arrows.keys()) walk(start, []);
  return circles;
}
