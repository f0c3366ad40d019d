import { elementCount, tensorBytes, type TensorInfo } from '../../../models/graph/graph.ts';
import { defineOp } from '../../definition/define-op.ts';
import { elementCounts } from '../../definition/dense-counts.ts';
import { int32Bytes, operand, readInts, readOperandInts } from '../../definition/operands.ts';
import { resolveSlice, type AxisRange } from './resolve.ts';

function rangeLength({ begin, end, stride }: AxisRange): number {
  return Math.max(0, Math.ceil((end - begin) / stride));
}

/** Slice of a constant int32 vector, so that a shape that a model takes apart is known. */
function foldVector(input: TensorInfo, [range]: readonly AxisRange[]): Pick<TensorInfo, 'data'> {
  if (input.shape.length !== 1 || input.dtype !== 'int32' || input.data === undefined) return {};
  const values = readInts(input, 'input');
  const picked = Array.from({ length: rangeLength(range) }, (_, i) => values[range.begin + i * range.stride]);
  return { data: int32Bytes(picked) };
}

/** Begin, end and strides are constants; masks as in TensorFlow's StridedSlice. Only what is kept is read. */
export const stridedSlice = defineOp({
  type: 'STRIDED_SLICE',
  indexInputs: [1, 2, 3],
  infer(attributes, inputs): TensorInfo[] {
    const input = operand(inputs, 0, 'input');
    const begin = readOperandInts(inputs, 1, 'begin');
    const end = readOperandInts(inputs, 2, 'end');
    const strides = readOperandInts(inputs, 3, 'strides');
    const { ranges, outputAxes } = resolveSlice(input.shape, begin, end, strides, attributes);
    const shape = outputAxes.map((axis) => (axis === 'new' ? 1 : rangeLength(ranges[axis])));
    return [{ shape, dtype: input.dtype, ...foldVector(input, ranges) }];
  },
  count(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    const outputElements = elementCount(output.shape);
    const outputBytes = tensorBytes(output);
    const sizes = { inputElements: elementCount(input.shape), inputBytes: tensorBytes(input) };
    return { loadBytes: outputBytes, counts: elementCounts({ ...sizes, outputElements, outputBytes }) };
  },
});
