import { formatCount } from './format.ts';
import { formatTable, type Column } from './table.ts';

/** Rows that a person reads at once. */
const MANY_ROWS = 200;

/** How many rows `--all` or its absence asks for. */
export function rowsShown(all: boolean): number {
  return all ? Infinity : MANY_ROWS;
}

/** The first `limit` items and, where some are left, a line that says how many. */
export function cutLines<Item>(
  items: readonly Item[],
  limit: number,
  format: (shown: readonly Item[]) => readonly string[],
): string[] {
  const left = items.length - limit;
  if (left <= 0) return [...format(items)];
  return [...format(items.slice(0, limit)), `  ... ${formatCount(left)} more; --all`];
}

/** A table of at most `limit` rows; only those are laid out. */
export function formatRows<Item>(
  columns: readonly Column[],
  items: readonly Item[],
  rowOf: (item: Item) => readonly string[],
  limit: number,
): string {
  return cutLines(items, limit, (shown) => [formatTable(columns, shown.map(rowOf))]).join('\n');
}
