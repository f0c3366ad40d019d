import type { PlacedLayer } from '../deploy/placed-layers.ts';
import { formatRows } from './long-table.ts';

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'op' },
  { title: 'unit' },
  { title: 'rule' },
  { title: 'reason', maxWidth: 60 },
] as const;

function rowOf({ index, op, unit, rule, reason }: PlacedLayer): string[] {
  return [`${index}`, op, unit, rule, reason];
}

/** A row a layer, at most `rows`. */
export function formatPlacement(layers: readonly PlacedLayer[], rows = Infinity): string {
  return formatRows(COLUMNS, layers, rowOf, rows);
}
