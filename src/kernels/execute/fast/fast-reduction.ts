import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { normalizeAxis } from '../../../models/graph/shapes.ts';
import type { Kernel, NumericData } from '../../definition/kernel.ts';
import type { Op } from '../../definition/op.ts';
import { readOperandInts, type Operands } from '../../definition/operands.ts';
import { finishSums } from '../../reduce/reduce-arithmetic.ts';
import type { Workspace } from './workspace.ts';

/** Dimensions that follow one another are summed: `outer` times, `count` rows of `width`. */
interface Rows {
  readonly outer: number;
  readonly count: number;
  readonly width: number;
}

function describeRows(input: TensorInfo, inputs: Operands): Rows | undefined {
  const rank = input.shape.length;
  const axes = new Set(readOperandInts(inputs, 1, 'axes').map((axis) => normalizeAxis(axis, rank)));
  const first = Math.min(...axes);
  const end = Math.max(...axes) + 1;
  if (axes.size === 0 || end - first !== axes.size || end === rank) return undefined;
  const part = (from: number, to: number) => elementCount(input.shape.slice(from, to));
  return { outer: part(0, first), count: part(first, end), width: part(end, rank) };
}

/** Mean or sum of int8 or float32 over dimensions that follow one another, the last not among them, or undefined. */
export function prepareFastReduction(
  _attributes: object,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
  op: Op,
): Kernel | undefined {
  const [input, axes] = inputs;
  if (input === undefined || input.data !== undefined || axes?.data === undefined) return undefined;
  if (input.dtype !== output.dtype || (input.dtype !== 'int8' && input.dtype !== 'float32')) return undefined;
  const rows = describeRows(input, inputs);
  if (rows === undefined) return undefined;
  const { outer, count, width } = rows;
  const finish = finishSums(input, output, count, op.type === 'MEAN');
  const isFloat = input.dtype === 'float32';
  const add = isFloat ? workspace.exports.sumFloats : workspace.exports.sumBytes;
  const scratch = workspace.reserve((width + 8) * 4);
  const ArrayOf = isFloat ? Float32Array : Int32Array;
  let sums: NumericData = new ArrayOf(0);
  const bytes = count * width * (isFloat ? 4 : 1);
  return {
    run([from], [out]) {
      // The memory may have grown since the kernel was prepared.
      if (sums.buffer !== from.buffer) sums = new ArrayOf(from.buffer as ArrayBuffer, scratch, width);
      for (let at = 0; at < outer; at++) {
        add(from.byteOffset + at * bytes, count, width, scratch);
        for (let c = 0; c < width; c++) out[at * width + c] = finish(sums[c]);
      }
    },
  };
}
