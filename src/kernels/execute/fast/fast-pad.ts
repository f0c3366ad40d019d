import { DTYPE_BYTES, elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import type { Kernel } from '../../definition/kernel.ts';
import { readOperandInts, type Operands } from '../../definition/operands.ts';
import { stridesOf, walk } from '../../numbers/broadcast.ts';
import type { Workspace } from './workspace.ts';

/** The byte that fills the border, or undefined where it is not one byte over and over. */
function fillByte({ dtype, quantization }: TensorInfo): number | undefined {
  const zero = quantization?.zeroPoints[0] ?? 0;
  return DTYPE_BYTES[dtype] === 1 || zero === 0 ? zero : undefined;
}

/** Dimensions from here on are not padded, but for the first of them: they are copied as one row. */
function firstOfRow(rank: number, amounts: readonly number[]): number {
  let axis = rank - 1;
  while (axis > 0 && amounts[2 * axis] === 0 && amounts[2 * axis + 1] === 0) axis--;
  return axis;
}

/** A border around what is copied row by row, or undefined. */
export function prepareFastPad(
  _attributes: object,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const [input, paddings] = inputs;
  if (input === undefined || input.data !== undefined || paddings?.data === undefined) return undefined;
  const value = fillByte(output);
  const { shape } = input;
  if (value === undefined || input.dtype !== output.dtype || shape.length === 0) return undefined;
  const amounts = readOperandInts(inputs, 1, 'paddings');
  const elementBytes = DTYPE_BYTES[input.dtype];
  const axis = firstOfRow(shape.length, amounts);
  const strides = stridesOf(output.shape);
  const start = shape.reduce((sum, _, at) => sum + amounts[2 * at] * strides[at], 0);
  const offsets = walk(shape.slice(0, axis), strides.slice(0, axis), start);
  const table = workspace.store(offsets.map((offset) => offset * elementBytes));
  const rowBytes = elementCount(shape.slice(axis)) * elementBytes;
  const outBytes = elementCount(output.shape) * elementBytes;
  const { placeRows } = workspace.exports;
  return {
    run([from], [out]) {
      placeRows(table, offsets.length, rowBytes, from.byteOffset, out.byteOffset, outBytes, value);
    },
  };
}
