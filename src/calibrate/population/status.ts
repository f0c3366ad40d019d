import type { ReplayedRow } from './replayed-rows.ts';
import { engineKey } from './version-order.ts';

/** How much of a run was measured before, from all of it to nothing. */
export const STATUSES = ['fitted', 'new-network', 'new-board', 'new-engine', 'estimate'] as const;

export type Status = (typeof STATUSES)[number];

type Like = Pick<ReplayedRow, 'identity' | 'network'>;

const same = (a: Like, b: Like): boolean =>
  a.identity.board === b.identity.board && engineKey(a.identity) === engineKey(b.identity);

/** What the rows that a fit has seen say of a run. */
export function statusOf(run: Like, seen: readonly Like[]): Status {
  const { identity, network } = run;
  const here = seen.filter((row) => same(row, run));
  const isSame = (row: Like): boolean =>
    row.network === network &&
    row.identity.version === identity.version &&
    row.identity.variant === identity.variant;
  if (here.some(isSame)) return 'fitted';
  if (here.length > 0) return 'new-network';
  const engineSeen = seen.some((row) => engineKey(row.identity) === engineKey(identity));
  const coreSeen = seen.some((row) => row.identity.core === identity.core);
  if (engineSeen && coreSeen)
    return seen.some((row) => row.identity.board === identity.board) ? 'new-engine' : 'new-board';
  return seen.some((row) => row.identity.board === identity.board) ? 'new-engine' : 'estimate';
}
