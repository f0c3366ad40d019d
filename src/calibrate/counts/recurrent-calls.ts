import type { Operands } from '../../kernels/definition/operands.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import type { EvalRow } from './eval-rows.ts';

interface Call {
  readonly attributes: object;
  readonly inputs: Operands;
}

const of = (dtype: DType, ...shape: number[]): TensorInfo => ({ dtype, shape });

/** One time step of a layer whose filters are "rank=1 mem=10". */
export function svdfCall({ dtype, input, output, attr }: EvalRow): Call {
  const [rank, memory] = (attr.match(/\d+/g) ?? []).map(Number);
  const [depth, units] = [input[2], output[2]];
  const filters = units * rank!;
  const weights = [of(dtype, filters, depth), of(dtype, filters, memory!), of('int32', units)];
  return {
    attributes: { rank, activation: 'NONE' },
    inputs: [of(dtype, 1, depth), ...weights, of(dtype, 1, filters * memory!)],
  };
}

/** Steps along the height, no peephole and no projection. */
export function lstmCall({ dtype, input, output }: EvalRow): Call {
  const [steps, , depth] = input;
  const units = output[2];
  const four = (...sides: number[]) => Array.from({ length: 4 }, () => of(dtype, ...sides));
  const absent = new Array<undefined>(3).fill(undefined);
  const weights = [...four(units, depth), ...four(units, units), ...absent, ...four(units)];
  const states = [undefined, undefined, of(dtype, 1, units), of('int16', 1, units)];
  return {
    attributes: { activation: 'TANH', cellClip: 0, projClip: 0, timeMajor: false },
    inputs: [of(dtype, 1, steps, depth), ...weights, ...states],
  };
}
