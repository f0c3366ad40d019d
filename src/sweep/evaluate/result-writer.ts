import type {
  Column,
  FlagColumn,
  IntegerColumn,
  RealColumn,
  ResultColumns,
  TextColumn,
} from '../study/batch.ts';
import type { Interval } from '../../simulate/prediction.ts';
import type { DesignSpace } from '../study/space.ts';
import type { Axis, AxisValue } from '../study/axis.ts';

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

/** Memory for columns, one after another: that of results that nobody needs any more, where it is enough for as many rows. */
class ColumnRoom {
  readonly #rows: number;
  readonly #reused: readonly Column[];
  #taken = 0;

  constructor(rows: number, reused: ResultColumns | undefined) {
    this.#rows = rows;
    this.#reused = reused?.columns ?? [];
  }

  integers(name: string): IntegerColumn {
    return { kind: 'integer', name, values: this.#floats() };
  }

  reals(name: string): RealColumn {
    return { kind: 'real', name, values: this.#floats() };
  }

  flags(name: string): FlagColumn {
    const rows = this.#rows;
    const buffer = this.#next(rows);
    return {
      kind: 'flag',
      name,
      values: buffer ? new Uint8Array(buffer, 0, rows).fill(0) : new Uint8Array(rows),
    };
  }

  texts(name: string, words: readonly string[]): TextColumn {
    const rows = this.#rows;
    const buffer = this.#next(rows * Uint32Array.BYTES_PER_ELEMENT);
    const values = buffer ? new Uint32Array(buffer, 0, rows).fill(0) : new Uint32Array(rows);
    return { kind: 'text', name, values, words };
  }

  axis({ name, values }: Axis): Column {
    if (values.every((value) => Number.isSafeInteger(value))) return this.integers(name);
    if (values.every((value) => typeof value === 'number')) return this.reals(name);
    return this.texts(name, values.map(String));
  }

  #floats(): Float64Array<ArrayBuffer> {
    const rows = this.#rows;
    const buffer = this.#next(rows * Float64Array.BYTES_PER_ELEMENT);
    return (buffer ? new Float64Array(buffer, 0, rows) : new Float64Array(rows)).fill(Number.NaN);
  }

  /** The memory of the next column, which no other has, if it is enough. */
  #next(bytes: number): ArrayBuffer | undefined {
    const buffer = this.#reused[this.#taken++]?.values.buffer;
    return buffer && buffer.byteLength >= bytes ? buffer : undefined;
  }
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

  /** `reused` are results that nobody needs any more: their memory is used again. */
  constructor(space: Pick<DesignSpace, 'axes' | 'intervals'>, rows: number, reused?: ResultColumns) {
    const room = new ColumnRoom(rows, reused);
    this.#rows = rows;
    // In the order of `results`, so that each column finds its own memory.
    this.#index = room.integers('index');
    this.#axes = space.axes.map((axis) => room.axis(axis));
    this.#stored = space.axes.map(({ values }, axis) => storedValues(this.#axes[axis], values));
    this.#ok = room.flags('ok');
    this.#reason = room.texts('reason', this.#words);
    this.#latencyMs = room.reals('latencyMs');
    this.#reportedMs = room.reals('reportedMs');
    this.#flashBytes = room.integers('flashBytes');
    this.#ramBytes = room.integers('ramBytes');
    this.#macs = room.integers('macs');
    this.#fits = room.flags('fits');
    this.#meets = room.flags('meets');
    this.#accuracy = room.reals('accuracy');
    this.#lowMs = space.intervals ? room.reals('lowMs') : undefined;
    this.#highMs = space.intervals ? room.reals('highMs') : undefined;
  }

  /** Names the point of a row: its index in the study, and the position of its value on each axis. */
  point(row: number, index: number, digits: Int32Array): void {
    this.#index.values[row] = index;
    const axes = this.#axes;
    const stored = this.#stored;
    for (let axis = 0; axis < axes.length; axis++) {
      axes[axis].values[row] = stored[axis][digits[axis]]!;
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

  /** Ends of the 90 % interval of the latency, in ms. */
  interval(row: number, { low, high }: Pick<Interval, 'low' | 'high'>): void {
    this.#lowMs!.values[row] = low;
    this.#highMs!.values[row] = high;
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
