import type { Board } from '../boards/board.ts';
import { modelFromSpec } from '../models/load.ts';
import { InferscopeError } from '../errors.ts';
import { predict } from '../simulate/predict.ts';
import type { Column, ResultColumns } from './batch.ts';
import { clockHzOn, parseClock } from './clock.ts';
import { pointAt, type Axis, type DesignSpace } from './space.ts';
import { fillTemplate } from './template.ts';

/** Evaluates points of one study; pure, so that any worker gives the same bytes for the same range. */
export interface Evaluator {
  /** Results of the points [from, to). */
  evaluate(from: number, to: number): ResultColumns;
}

/** An evaluator of a space on these boards, found by id. Throws a SpecError for an id that is not among them. */
export function createEvaluator(space: DesignSpace, boards: readonly Board[]): Evaluator {
  return { evaluate: (from, to) => evaluateSlowly(space, boards, from, to) };
}

function axisColumn({ name, values }: Axis, rows: number): Column {
  if (values.every((value) => Number.isInteger(value)))
    return { kind: 'integer', name, values: new Float64Array(rows) };
  if (values.every((value) => typeof value === 'number'))
    return { kind: 'real', name, values: new Float64Array(rows) };
  return { kind: 'text', name, values: new Uint32Array(rows), words: values.map(String) };
}

function evaluateSlowly(
  space: DesignSpace,
  boards: readonly Board[],
  from: number,
  to: number,
): ResultColumns {
  const rows = to - from;
  const words: string[] = [''];
  const float = (kind: 'integer' | 'real', name: string): Column => ({
    kind,
    name,
    values: new Float64Array(rows).fill(Number.NaN),
  });
  const flag = (name: string): Column => ({ kind: 'flag', name, values: new Uint8Array(rows) });
  const columns: Column[] = [
    { kind: 'integer', name: 'index', values: Float64Array.from({ length: rows }, (_, row) => from + row) },
    ...space.axes.map((axis) => axisColumn(axis, rows)),
    flag('ok'),
    { kind: 'text', name: 'reason', values: new Uint32Array(rows), words },
    ...[float('real', 'latencyMs'), float('real', 'reportedMs'), float('integer', 'flashBytes')],
    ...[float('integer', 'ramBytes'), float('integer', 'macs'), flag('fits'), flag('meets')],
    float('real', 'accuracy'),
  ];
  const set = (name: string, row: number, value: number): void => {
    columns.find((column) => column.name === name)!.values[row] = value;
  };
  for (let row = 0; row < rows; row++) {
    const point = pointAt(space, from + row);
    for (const { name, values } of space.axes) {
      const column = columns.find((candidate) => candidate.name === name)!;
      column.values[row] = column.kind === 'text' ? values.indexOf(point[name]!) : (point[name] as number);
    }
    try {
      const board = boards.find(({ id }) => id === point.board)!;
      const text = space.model.kind === 'spec' ? fillTemplate(space.model.text, point) : '';
      const spec =
        point.dtype !== undefined && text.startsWith('paper:') ? `${text},dtype=${point.dtype}` : text;
      const clockHz =
        point.clock === undefined ? undefined : clockHzOn(parseClock(String(point.clock)), board);
      const result = predict(modelFromSpec(spec)!, board, clockHz === undefined ? {} : { clockHz });
      set('ok', row, 1);
      set('latencyMs', row, result.latencyMs.value);
      set('reportedMs', row, result.reportedMs.value);
      set('flashBytes', row, result.memory.flashBytes);
      set('ramBytes', row, result.memory.ramBytes);
      set(
        'macs',
        row,
        result.steps.reduce((sum, step) => sum + step.macs, 0),
      );
      set('fits', row, result.memory.fits ? 1 : 0);
      set('meets', row, 1);
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      if (!words.includes(error.message)) words.push(error.message);
      set('reason', row, words.indexOf(error.message));
    }
  }
  return { rows, columns };
}
