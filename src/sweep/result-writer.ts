import type { Column, FlagColumn, IntegerColumn, RealColumn, ResultColumns, TextColumn } from './batch.ts';
import type { Axis, AxisValue, DesignSpace } from './space.ts';

/** What is known of a point whose toolchain and runtime take it. */
export interface PointFigures {
  readonly latencyMs: number;
  readonly reportedMs: number;
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly macs: number;
  readonly accuracy: number;
  readonly fits: boolean;
}

const integers = (name: string, rows: number): IntegerColumn => ({
  kind: 'integer',
  name,
  values: new Float64Array(rows).fill(Number.NaN),
});

const reals = (name: string, rows: number): RealColumn => ({
  kind: 'real',
  name,
  values: new Float64Array(rows).fill(Number.NaN),
});

const flags = (name: string, rows: number): FlagColumn => ({
  kind: 'flag',
  name,
  values: new Uint8Array(rows),
});

function axisColumn({ name, values }: Axis, rows: number): Column {
  if (values.every((value) => Number.isSafeInteger(value))) return integers(name, rows);
  if (values.every((value) => typeof value === 'number')) return reals(name, rows);
  return { kind: 'text', name, values: new Uint32Array(rows), words: values.map(String) };
}

/** What a column of an axis stores for each position of its values: the number, or the position of the word. */
function storedValues(column: Column, values: readonly AxisValue[]): Float64Array {
  return Float64Array.from(values, (value, position) => (column.kind === 'text' ? position : Number(value)));
}

/** Fills the columns of one run of points, row by row. */
export class ResultWriter {
  readonly #rows: number;
  readonly #index: IntegerColumn;
  readonly #axes: readonly Column[];
  readonly #stored: readonly Float64Array[];
  readonly #words = [''];
  readonly #codes = new Map<string, number>();
  readonly #reason: TextColumn;
  readonly #ok: FlagColumn;
  readonly #latencyMs: RealColumn;
  readonly #reportedMs: RealColumn;
  readonly #flashBytes: IntegerColumn;
  readonly #ramBytes: IntegerColumn;
  readonly #macs: IntegerColumn;
  readonly #fits: FlagColumn;
  readonly #meets: FlagColumn;
  readonly #accuracy: RealColumn;
  readonly #lowMs: RealColumn | undefined;
  readonly #highMs: RealColumn | undefined;

  constructor(space: Pick<DesignSpace, 'axes' | 'intervals'>, rows: number) {
    this.#rows = rows;
    this.#index = integers('index', rows);
    this.#axes = space.axes.map((axis) => axisColumn(axis, rows));
    this.#stored = space.axes.map(({ values }, axis) => storedValues(this.#axes[axis]!, values));
    this.#reason = { kind: 'text', name: 'reason', values: new Uint32Array(rows), words: this.#words };
    this.#ok = flags('ok', rows);
    this.#latencyMs = reals('latencyMs', rows);
    this.#reportedMs = reals('reportedMs', rows);
    this.#flashBytes = integers('flashBytes', rows);
    this.#ramBytes = integers('ramBytes', rows);
    this.#macs = integers('macs', rows);
    this.#fits = flags('fits', rows);
    this.#meets = flags('meets', rows);
    this.#accuracy = reals('accuracy', rows);
    this.#lowMs = space.intervals ? reals('lowMs', rows) : undefined;
    this.#highMs = space.intervals ? reals('highMs', rows) : undefined;
  }

  /** Names the point of a row: its index in the study, and the position of its value on each axis. */
  point(row: number, index: number, digits: Int32Array): void {
    this.#index.values[row] = index;
    const [axes, stored] = [this.#axes, this.#stored];
    for (let axis = 0; axis < axes.length; axis++) {
      axes[axis]!.values[row] = stored[axis]![digits[axis]!]!;
    }
  }

  fail(row: number, reason: string): void {
    let code = this.#codes.get(reason);
    if (code === undefined) {
      code = this.#words.push(reason) - 1;
      this.#codes.set(reason, code);
    }
    this.#reason.values[row] = code;
  }

  succeed(row: number, figures: PointFigures, meets: boolean): void {
    this.#ok.values[row] = 1;
    this.#latencyMs.values[row] = figures.latencyMs;
    this.#reportedMs.values[row] = figures.reportedMs;
    this.#flashBytes.values[row] = figures.flashBytes;
    this.#ramBytes.values[row] = figures.ramBytes;
    this.#macs.values[row] = figures.macs;
    this.#accuracy.values[row] = figures.accuracy;
    this.#fits.values[row] = figures.fits ? 1 : 0;
    this.#meets.values[row] = meets ? 1 : 0;
  }

  interval(row: number, lowMs: number, highMs: number): void {
    this.#lowMs!.values[row] = lowMs;
    this.#highMs!.values[row] = highMs;
  }

  results(): ResultColumns {
    const columns = [
      ...[this.#index, ...this.#axes, this.#ok, this.#reason, this.#latencyMs, this.#reportedMs],
      ...[this.#flashBytes, this.#ramBytes, this.#macs, this.#fits, this.#meets, this.#accuracy],
      ...(this.#lowMs && this.#highMs ? [this.#lowMs, this.#highMs] : []),
    ];
    return { rows: this.#rows, columns };
  }
}
