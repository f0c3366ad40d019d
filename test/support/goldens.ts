import { readdirSync, readFileSync } from 'node:fs';

/** A file under test/golden. */
export const goldenFile = (path: string): URL => new URL(`../golden/${path}`, import.meta.url);

export const goldenBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(goldenFile(path)));

export function goldenJson<T = never>(path: string): T {
  return JSON.parse(readFileSync(goldenFile(path), 'utf8')) as T;
}

/** Names in a folder under test/golden that end as told, in order. */
export const goldenNames = (folder: string, ending: string): string[] =>
  readdirSync(goldenFile(`${folder}/`))
    .filter((name) => name.endsWith(ending))
    .sort();
