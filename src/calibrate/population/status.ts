import type { ReplayedRow } from './replayed-rows.ts';
import { engineKey } from './version-order.ts';

/** How much of a run was measured before, from all of it to nothing. */
export const STATUSES = ['fitted', 'new-network', 'new-board', 'new-engine', 'estimate'] as const;

export type Status = (typeof STATUSES)[number];

type Like = Pick<ReplayedRow, 'identity' | 'network' | 'inferredBy'>;

const same = (a: Like, b: Like): boolean =>
  a.identity.board === b.identity.board && engineKey(a.identity) === engineKey(b.identity);

/** What the rows that a fit has seen say of a run. */
export function statusOf(run: Like, rows: readonly Like[]): Status {
  const { identity, network, inferredBy } = run;
  // Rows of a source whose clock or unit was inferred tell of that source alone.
  const seen = rows.filter((row) => row.inferredBy === undefined || row.inferredBy === inferredBy);
  const here = seen.filter((row) => same(row, run));
  const isSame = (row: Like): boolean =>
    row.network === network &&
    row.identity.version === identity.version &&
    row.identity.variant === identity.variant;
  if (here.some(isSame)) return 'fitted';
  if (here.length > 0) return 'new-network';
  if (seen.some((row) => row.identity.board === identity.board)) return 'new-engine';
  const isAlike = (row: Like): boolean =>
    row.identity.core === identity.core && engineKey(row.identity) === engineKey(identity);
  return seen.some(isAlike) ? 'new-board' : 'estimate';
}
