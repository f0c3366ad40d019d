import type { CostRow } from './board.ts';

/** The kernel libraries that a row is of. */
export const kernelsOf = ({ kernels }: CostRow): readonly string[] =>
  typeof kernels === 'string' ? [kernels] : kernels;

interface Shared {
  readonly row: CostRow;
  readonly kernels: string[];
  readonly position: number;
}

const streamIds = new WeakMap<object, number>();
let nextStreamId = 0;

/** A number for a list of streams: libraries take them from one table, so equal ones are the same list. */
function streamId(streams: object): number {
  let id = streamIds.get(streams);
  if (id === undefined) streamIds.set(streams, (id = nextStreamId++));
  return id;
}

const contents = new WeakMap<CostRow, string>();

/** Equal for rows that are equal but for their library; a row of a library comes with many boards. */
function contentOf(whole: CostRow): string {
  const known = contents.get(whole);
  if (known !== undefined) return known;
  const content = contentBut(whole);
  contents.set(whole, content);
  return content;
}

function contentBut({ kernels: _, streams, ...row }: CostRow): string {
  return `${streams === undefined ? '' : streamId(streams)} ${JSON.stringify(row)}`;
}

/** Without the rows that are never taken: those behind one of their operator, type and library that has no condition. */
// @__NO_SIDE_EFFECTS__
export function reachableRows(costs: readonly CostRow[]): CostRow[] {
  const settled = new Set<string>();
  return costs.filter((row) => {
    const key = `${row.kernels} ${row.op}`;
    if (settled.has(`${key} ${row.dtype}`) || settled.has(`${key} any`)) return false;
    if (row.when === undefined) settled.add(`${key} ${row.dtype}`);
    return true;
  });
}

/**
 * The same rows, those that are equal but for their library as one row of all these libraries. Each library's rows of an
 * operator keep their order, as the first that matches is taken: a row that another would have to overtake stands by itself.
 */
// @__NO_SIDE_EFFECTS__
export function shareRows(costs: readonly CostRow[]): CostRow[] {
  const known = new Map<string, Shared>();
  const last = new Map<string, number>();
  const all: Shared[] = [];
  for (const row of costs) {
    const own = kernelsOf(row);
    const content = contentOf(row);
    let shared = known.get(content);
    const isBehind = ({ position }: Shared) =>
      own.every((kernels) => (last.get(`${kernels} ${row.op}`) ?? -1) < position);
    if (shared && isBehind(shared)) shared.kernels.push(...own);
    else {
      shared = { row, kernels: [...own], position: all.length };
      known.set(content, shared);
      all.push(shared);
    }
    for (const kernels of own) last.set(`${kernels} ${row.op}`, shared.position);
  }
  return all.map(({ row, kernels }) => ({ ...row, kernels: kernels.length > 1 ? kernels : kernels[0] }));
}

interface Made {
  readonly lists: readonly (readonly CostRow[])[];
  readonly costs: readonly CostRow[];
}

/** What was made of lists, by the last of them. */
const made = new WeakMap<readonly CostRow[], Made[]>();

/**
 * The rows of a board whose parts have these: those that can be taken, with what several libraries share as one row. The
 * same list for the same parts, for boards of one chip have the same.
 */
export function costsOfParts(lists: readonly (readonly CostRow[])[]): readonly CostRow[] {
  const key = lists.at(-1)!;
  const others = made.get(key) ?? [];
  const same = others.find(
    (other) => other.lists.length === lists.length && other.lists.every((list, at) => list === lists[at]),
  );
  if (same) return same.costs;
  const costs = shareRows(reachableRows(lists.flat()));
  made.set(key, [...others, { lists, costs }]);
  return costs;
}
