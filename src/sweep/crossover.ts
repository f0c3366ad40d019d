import type { CellResult } from './cell.ts';

/** From `filters` on (until the next entry of the same kernel and side), `board` has the shortest latency. */
export interface LeadChange {
  readonly kernel: number;
  readonly side: number;
  readonly filters: number;
  readonly board: string;
  readonly latencyMs: number;
}

/** Where the fastest board changes as filters grow, for each kernel and side; results in the grid's order. */
export function findLeadChanges(results: readonly CellResult[]): LeadChange[] {
  const fastest = new Map<string, CellResult>();
  for (const result of results) {
    const key = `${result.kernel} ${result.side} ${result.filters}`;
    const known = fastest.get(key);
    if (!known || result.latencyMs < known.latencyMs) fastest.set(key, result);
  }
  const leaders = new Map<string, string>();
  return [...fastest.values()].flatMap(({ kernel, side, filters, board, latencyMs }) => {
    const group = `${kernel} ${side}`;
    if (leaders.get(group) === board) return [];
    leaders.set(group, board);
    return [{ kernel, side, filters, board, latencyMs }];
  });
}
