import type { Site } from '../../../models/formats/tflite/op-versions.ts';
import { FLAG, NUMBER } from '../../../models/formats/tflite/codecs.ts';
import { WITH_UINT8 } from '../../definition/tflm.ts';
import { MAX_PLAIN_RANK, rankOf } from '../../definition/version-rules.ts';
import { stridesOf, walk } from '../../numbers/broadcast.ts';
import { gather } from '../gather.ts';
import { moveCounts } from '../move-counts.ts';
import { copiedByElement } from '../move-estimates.ts';
import { elementCount, tensorBytes, type TensorInfo } from '../../../models/graph/graph.ts';
import { defineOp } from '../../definition/define-op.ts';
import { fail, int32Bytes, operand, readInts, readOperandInts } from '../../definition/operands.ts';
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

function stridedSliceVersion({ attributes, inputs }: Site): number | undefined {
  if (attributes.offset) return 8;
  if (attributes.ellipsisMask !== 0 || attributes.newAxisMask !== 0) return 6;
  return rankOf(inputs[0]) > MAX_PLAIN_RANK ? 4 : undefined;
}

/** Begin, end and strides are constants; masks as in TensorFlow's StridedSlice. Only what is kept is read. */
export const stridedSlice = defineOp({
  type: 'STRIDED_SLICE',
  tflite: {
    options: 'StridedSliceOptions',
    fields: {
      beginMask: ['begin_mask', NUMBER],
      endMask: ['end_mask', NUMBER],
      ellipsisMask: ['ellipsis_mask', NUMBER],
      newAxisMask: ['new_axis_mask', NUMBER],
      shrinkAxisMask: ['shrink_axis_mask', NUMBER],
      offset: ['offset', FLAG],
    },
    versions: {
      runtimes: '1.6.0 1.14.0 2.1.0 2.2.0 2.5.0 2.6.0',
      types: { int8: 2, bool: 3, string: 5, uint32: 7 },
      rule: stridedSliceVersion,
    },
  },
  quantization: { sameScale: true },
  tflm: {
    limits: { types: ['float32|int8|int16|int32|bool'], maxRank: 4 },
    oldTypes: WITH_UINT8,
  },
  estimates: copiedByElement(20, ' with index arithmetic'),
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
    return { loadBytes: tensorBytes(output), counts: moveCounts([operand(inputs, 0, 'input')], [output]) };
  },
  prepare(attributes, inputs, [output]) {
    const { shape } = operand(inputs, 0, 'input');
    const steps = ['begin', 'end', 'strides'].map((role, at) => readOperandInts(inputs, at + 1, role));
    const { ranges } = resolveSlice(shape, steps[0], steps[1], steps[2], attributes);
    const strides = stridesOf(shape);
    const counts = ranges.map(rangeLength);
    const start = ranges.reduce((sum, { begin }, axis) => sum + begin * strides[axis], 0);
    if (elementCount(counts) !== elementCount(output.shape)) fail('the slice does not fill its output');
    return gather(
      walk(
        counts,
        ranges.map(({ stride }, axis) => stride * strides[axis]),
        start,
      ),
    );
  },
});
