import { SpecError } from '../../errors.ts';
import { columnOf, numbersOf, valueAt, type Column, type ResultColumns } from '../study/batch.ts';
import type { DesignPoint, DesignSpace } from '../study/space.ts';
import type { Axis, AxisValue } from '../study/axis.ts';

/** The faster board changes between two neighbouring values of an axis. */
export interface CrossoverPoint {
  /** Last value at which `from` was faster, or both equally fast. */
  readonly before: AxisValue;
  /** First value at which `to` is faster. */
  readonly after: AxisValue;
  readonly from: string;
  readonly to: string;
  /** Latencies at `after`, by board. */
  readonly latencyMs: Readonly<Record<string, number>>;
}

/** Two boards along one axis, all other axes fixed. */
export interface BoardComparison {
  /** Values of the other axes. */
  readonly fixed: DesignPoint;
  readonly axis: string;
  readonly boards: readonly [string, string];
  /** The faster at the first value at which they differ; absent where they never do, or never both run. */
  readonly leader?: string;
  readonly crossovers: readonly CrossoverPoint[];
  /** Values at which both run: a sample may have few of them, or none. */
  readonly compared: number;
  /** The first and the last of them; absent where there are none. */
  readonly ends?: readonly [AxisValue, AxisValue];
  /** Values of the axis. */
  readonly values: number;
}

export interface ComparisonOptions {
  /** Axis along which the faster board may change; the first placeholder where absent. */
  readonly axis?: string;
  readonly boards: readonly [string, string];
}

/** Latencies of both boards by position on the axis, NaN where a board does not run. */
interface LatencyPair {
  readonly row: number;
  readonly latencies: readonly [Float64Array, Float64Array];
}

/** Along which axis one study is compared, and what stays fixed. */
interface ComparisonAxes {
  readonly axis: string;
  readonly values: readonly AxisValue[];
  readonly others: readonly Column[];
}

/**
 * For each combination of the other axes: who leads, and where along the axis the faster board changes. Combinations
 * come in the order of their first row. Throws a SpecError for an axis or a board that the study does not have.
 */
export function compareBoards(
  space: DesignSpace,
  results: ResultColumns,
  options: ComparisonOptions,
): BoardComparison[] {
  const along = comparisonAxesOf(space, results, options);
  return [...groupLatencies(space, results, along, options.boards).values()].map((group) =>
    compareGroup(along, options.boards, group),
  );
}

function comparisonAxesOf(
  { axes }: DesignSpace,
  results: ResultColumns,
  { axis, boards }: ComparisonOptions,
): ComparisonAxes {
  const along = axes.find(({ name }) => (axis === undefined ? name !== 'board' : name === axis));
  if (!along || along.name === 'board') {
    const known = axes.filter(({ name }) => name !== 'board').map(({ name }) => name);
    throw new SpecError(`crossover: no axis "${axis ?? ''}" to go along; choose from ${known.join(', ')}`);
  }
  const ids = axes.find(({ name }) => name === 'board')!.values;
  const stranger = boards.find((id) => !ids.includes(id));
  if (stranger !== undefined || boards[0] === boards[1])
    throw new SpecError(
      `crossover: "${stranger ?? boards[0]}" is no second board of the study; choose two of ${ids.join(', ')}`,
    );
  const others = axes.filter(({ name }) => name !== 'board' && name !== along.name);
  return {
    axis: along.name,
    values: ascending(along),
    others: others.map(({ name }) => columnOf(results, name)),
  };
}

/** The values of an axis as a comparison goes along them: numbers ascending, words as they are. */
export function ascending({ values }: Axis): readonly AxisValue[] {
  const isNumeric = values.every((value) => typeof value === 'number');
  return isNumeric ? [...values].sort((a, b) => a - b) : values;
}

/** Positions by what a column stores: the number itself, or the number of the word. */
function positionsOf(column: Column, values: readonly AxisValue[]): ReadonlyMap<number, number> {
  const stored = (value: AxisValue) =>
    column.kind === 'text' ? column.words.indexOf(String(value)) : Number(value);
  return new Map(values.map((value, position) => [stored(value), position]));
}

function groupLatencies(
  { axes }: DesignSpace,
  results: ResultColumns,
  { axis, values, others }: ComparisonAxes,
  boards: readonly [string, string],
): Map<number, LatencyPair> {
  const along = columnOf(results, axis);
  const board = columnOf(results, 'board');
  const positions = positionsOf(along, values);
  const boardOf = positionsOf(board, boards);
  const digits = others.map((column) => {
    const { values: all } = axes.find(({ name }) => name === column.name)!;
    return { column, all: all.length, positions: positionsOf(column, all) };
  });
  const latencyMs = numbersOf(results, 'latencyMs');
  const groups = new Map<number, LatencyPair>();
  for (let row = 0; row < results.rows; row++) {
    const which = boardOf.get(board.values[row]);
    if (which === undefined) continue;
    let key = 0;
    for (const digit of digits) key = key * digit.all + digit.positions.get(digit.column.values[row])!;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { row, latencies: [noLatencies(values), noLatencies(values)] }));
    group.latencies[which][positions.get(along.values[row])!] = latencyMs[row]!;
  }
  return groups;
}

function noLatencies(values: readonly AxisValue[]): Float64Array {
  return new Float64Array(values.length).fill(Number.NaN);
}

function compareGroup(
  { axis, values, others }: ComparisonAxes,
  boards: readonly [string, string],
  group: LatencyPair,
): BoardComparison {
  const [a, b] = group.latencies;
  const crossovers: CrossoverPoint[] = [];
  let leader: 0 | 1 | undefined;
  let first: 0 | 1 | undefined;
  const shared: AxisValue[] = [];
  let before = -1;
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(a[at]) || Number.isNaN(b[at])) continue;
    shared.push(values[at]);
    const faster = a[at] === b[at] ? leader : a[at] < b[at] ? 0 : 1;
    if (leader !== undefined && faster !== undefined && faster !== leader) {
      const latencyMs = { [boards[0]]: a[at], [boards[1]]: b[at] };
      const ends = { before: values[before], after: values[at] };
      crossovers.push({ ...ends, from: boards[leader], to: boards[faster], latencyMs });
    }
    leader = faster;
    first ??= faster;
    before = at;
  }
  const fixed = Object.fromEntries(others.map((column) => [column.name, fixedValue(column, group.row)]));
  return {
    ...{ fixed, axis, boards, crossovers, compared: shared.length, values: values.length },
    ...(shared.length > 0 && { ends: [shared[0], shared.at(-1)!] as const }),
    ...(first !== undefined && { leader: boards[first] }),
  };
}

function fixedValue(column: Column, row: number): AxisValue {
  return valueAt(column, row) as AxisValue;
}
