/** One axis of a sweep: its values in order, and for each row the index of the value that the row has. */
export interface SweepAxis {
  readonly name: string;
  readonly values: readonly (number | string)[];
  readonly codes: ArrayLike<number>;
}

/**
 * What became of a row: predicted, predicted for a board whose memory it overflows, refused, or predicted to miss what
 * the study asks for.
 */
export const ROW_STATE = { fine: 0, unfit: 1, failed: 2, unmet: 3 } as const;

/** The points of a sweep by column; all columns have `rows` entries. */
export interface SweepTable {
  readonly rows: number;
  readonly axes: readonly SweepAxis[];
  /** Results by name, such as latencyMs; NaN where the row failed. */
  readonly measures: Readonly<Record<string, Float64Array>>;
  /** ROW_STATE of each row. */
  readonly states: Uint8Array;
}

/** Axes that say something: with more than one value. */
export function variedAxes({ axes }: SweepTable): SweepAxis[] {
  return axes.filter(({ values }) => values.length > 1);
}

export const isNumeric = ({ values }: SweepAxis): boolean =>
  values.every((value) => typeof value === 'number');

/** An axis with at most so many categories: neighbouring values share one, which is named by its first and last. */
export interface BinnedAxis {
  readonly name: string;
  readonly labels: readonly string[];
  /** Where a category lies along a line: the mean of its numbers, or for words its index. */
  readonly positions: readonly number[];
  readonly codes: ArrayLike<number>;
  readonly isBinned: boolean;
}

export function binAxis(axis: SweepAxis, most: number): BinnedAxis {
  const { name, values, codes } = axis;
  const perBin = Math.ceil(values.length / most);
  const bins = Array.from({ length: Math.ceil(values.length / perBin) }, (_, bin) =>
    values.slice(bin * perBin, (bin + 1) * perBin),
  );
  const numeric = isNumeric(axis);
  return {
    name,
    labels: bins.map(nameBin),
    positions: bins.map((bin, index) => (numeric ? meanOf(bin as number[]) : index)),
    codes: perBin === 1 ? codes : Uint32Array.from(codes, (code) => Math.floor(code / perBin)),
    isBinned: perBin > 1,
  };
}

function nameBin(values: readonly (number | string)[]): string {
  const [first, last] = [values[0], values.at(-1)!];
  return first === last ? formatValue(first) : `${formatValue(first)} to ${formatValue(last)}`;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A value of an axis in few characters: whole numbers as they are, others in four digits. */
export function formatValue(value: number | string): string {
  if (typeof value === 'string' || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}
