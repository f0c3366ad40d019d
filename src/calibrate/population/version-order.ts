import type { VersionChain } from './effects.ts';
import type { Identity } from '../measurements/row-identity.ts';

/** A version's place in the order of numbers; undefined for one that is a name. */
function placeOf(version: string): number | undefined {
  if (!/^\d+(\.\d+)+$/.test(version)) return undefined;
  return version.split('.').reduce((place, part) => place * 1e5 + Number(part), 0);
}

export function engineKey({ engine, dtype }: Pick<Identity, 'engine' | 'dtype'>): string {
  return `${engine}/${dtype}`;
}

/**
 * The chain of an engine's numbered versions among those that were measured: what a version brought stays in those
 * after it, so that one that was never measured stands on the last before it. A version with a name stands alone.
 */
export function versionChains(measured: readonly Identity[]): VersionChain {
  const numbered = new Map<string, Set<string>>();
  for (const identity of measured) {
    if (placeOf(identity.version) === undefined) continue;
    const versions = numbered.get(engineKey(identity)) ?? new Set();
    numbered.set(engineKey(identity), versions.add(identity.version));
  }
  return (engine, version) => {
    const place = placeOf(version);
    if (place === undefined) return [version];
    const before = [...(numbered.get(engine) ?? [])].filter((other) => placeOf(other)! <= place);
    return before.includes(version) ? before : [...before, version];
  };
}
