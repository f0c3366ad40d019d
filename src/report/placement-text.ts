import type { PlacedLayer } from '../deploy/placed-layers.ts';
import { formatTable } from './table.ts';

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'op' },
  { title: 'unit' },
  { title: 'rule' },
  { title: 'reason', maxWidth: 60 },
] as const;

export function formatPlacement(layers: readonly PlacedLayer[]): string {
  const rows = layers.map(({ index, op, unit, rule, reason }) => [`${index}`, op, unit, rule, reason]);
  return formatTable(COLUMNS, rows);
}
