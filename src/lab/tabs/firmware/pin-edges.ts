import { signal } from '@preact/signals';
import type { EdgeColumns } from 'inferscope/firmware';
import type { PinEdge } from 'inferscope/instruments';

/** Edges of a pin that are kept: more than any picture shows. */
const MAX_EDGES = 100_000;

/** Edges of each pin since the run began, in order of time. */
export const pinEdges = signal<ReadonlyMap<string, readonly PinEdge[]>>(new Map());

/** Forgets them: a run begins. */
export function clearEdges(): void {
  pinEdges.value = new Map();
}

/** Adds edges as a run tells them; beyond `MAX_EDGES` of a pin no more. A level that was there already is no edge. */
export function addEdges({ tracks, edgesPs, edges }: EdgeColumns): void {
  if (edges.length === 0) return;
  const grown = new Map([...pinEdges.value].map(([pin, known]) => [pin, [...known]]));
  edges.forEach((edge, at) => {
    const pin = tracks[edge >> 1]!;
    const known = grown.get(pin) ?? [];
    grown.set(pin, known);
    const level = (edge & 1) as 0 | 1;
    if (level === (known.at(-1)?.level ?? 0) || known.length === MAX_EDGES) return;
    known.push({ atPs: edgesPs[at]!, level });
  });
  pinEdges.value = grown;
}

/** The edge behind an instant, or before it; undefined where there is none. */
export function neighbour(edges: readonly PinEdge[], atPs: number, direction: 1 | -1): number | undefined {
  const next =
    direction === 1 ? edges.find((edge) => edge.atPs > atPs) : edges.findLast((edge) => edge.atPs < atPs);
  return next?.atPs;
}

/** The first pulse: from a rise to the fall behind it; undefined where none has ended. */
export function firstPulse(
  edges: readonly PinEdge[],
): { readonly fromPs: number; readonly toPs: number } | undefined {
  const rise = edges.findIndex(({ level }, at) => level === 1 && at + 1 < edges.length);
  return rise < 0 ? undefined : { fromPs: edges[rise]!.atPs, toPs: edges[rise + 1]!.atPs };
}
