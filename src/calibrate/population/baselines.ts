import type { ReplayedRow } from './replayed-rows.ts';
import { engineKey } from './version-order.ts';

/** A way to predict log cycles that knows nothing of how networks are computed. */
export type Baseline = (row: ReplayedRow) => number;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const isNetwork = ({ row, macs }: ReplayedRow): boolean => row.op === 'model' && macs > 0;

/** What rows are alike by, from the most alike on. */
const LIKENESS: readonly ((row: ReplayedRow) => string)[] = [
  ({ identity }) => `${identity.board} ${engineKey(identity)} ${identity.version}`,
  ({ identity }) => `${identity.board} ${engineKey(identity)}`,
  ({ identity }) => `${identity.core} ${engineKey(identity)}`,
  ({ identity }) => engineKey(identity),
  ({ identity }) => identity.core,
  () => 'all',
];

/** Constant cycles a MAC: the geometric mean of those rows that are most alike. */
export function cyclesPerMac(rows: readonly ReplayedRow[]): Baseline {
  const tables = LIKENESS.map((key) => {
    const table = new Map<string, number[]>();
    for (const row of rows.filter(isNetwork))
      table.set(key(row), [...(table.get(key(row)) ?? []), row.logCycles - Math.log(row.macs)]);
    return table;
  });
  return (row) => {
    for (const [index, table] of tables.entries()) {
      const alike = table.get(LIKENESS[index](row));
      if (alike) return Math.log(row.macs) + mean(alike);
    }
    return Math.log(row.macs);
  };
}

const ROUNDS = 50;
/** Rows' worth of doubt that draws a setup or a network to the mean. */
const SHRINK = 0.1;

/** Completes the table of setups and networks: log cycles are the sum of one number a setup and one a network. */
export function tableCompletion(all: readonly ReplayedRow[]): Baseline {
  const rows = all.filter(isNetwork);
  const perMac = cyclesPerMac(rows);
  const setups = new Map<string, number>();
  const networks = new Map<string, number>();
  const rest = (row: ReplayedRow): number => row.logCycles - perMac(row);
  for (let round = 0; round < ROUNDS; round++) {
    settle(rows, setups, LIKENESS[0], (row) => rest(row) - (networks.get(row.network) ?? 0));
    settle(
      rows,
      networks,
      ({ network }) => network,
      (row) => rest(row) - (setups.get(LIKENESS[0](row)) ?? 0),
    );
  }
  return (row) => perMac(row) + (setups.get(LIKENESS[0](row)) ?? 0) + (networks.get(row.network) ?? 0);
}

function settle(
  rows: readonly ReplayedRow[],
  values: Map<string, number>,
  keyOf: (row: ReplayedRow) => string,
  restOf: (row: ReplayedRow) => number,
): void {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const row of rows) {
    const key = keyOf(row);
    const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 };
    sums.set(key, { sum: sum + restOf(row), count: count + 1 });
  }
  for (const [key, { sum, count }] of sums) values.set(key, sum / (count + SHRINK));
}
