import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { NUMBER, POSITIVE } from '../../models/formats/tflite/codecs.ts';
import { interleave, joinParts } from './interleave.ts';
import { moveCounts } from './move-counts.ts';
import { COPIED_IN_PARTS } from './move-estimates.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, int32Bytes, operand, readInts, shapeText } from '../definition/operands.ts';

/** Constant of packed scalars, so that a shape that a model assembles is known; nothing where one is computed. */
function foldScalars(tensors: readonly TensorInfo[]): Pick<TensorInfo, 'data'> {
  const known = tensors.every(
    (tensor) => tensor.shape.length === 0 && tensor.dtype === 'int32' && tensor.data !== undefined,
  );
  return known ? { data: int32Bytes(tensors.map((tensor) => readInts(tensor, 'value')[0])) } : {};
}

/** Stacks equal tensors along a new axis, -rank-1..rank. */
export const pack = defineOp({
  type: 'PACK',
  tflite: {
    options: 'PackOptions',
    fields: { axis: ['axis', NUMBER], values: ['values_count', POSITIVE] },
    versions: { runtimes: '1.11.0 1.14.0 2.3.0', types: { int8: 2, int16: 3, uint32: 4 } },
  },
  quantization: { sameScale: true },
  tflm: {
    limits: { types: ['float32|int8|int16|int32|int64'] },
    oldTypes: ['float32', 'int8', 'uint8', 'int32', 'int64'],
  },
  estimates: COPIED_IN_PARTS,
  infer(attributes, inputs): TensorInfo[] {
    const tensors = inputs.map((_, position) => operand(inputs, position, 'value'));
    const { shape, dtype } = operand(inputs, 0, 'value');
    if (attributes.values !== tensors.length)
      fail(`${tensors.length} values given, ${attributes.values} promised`);
    const odd = tensors.find((tensor) => tensor.dtype !== dtype || String(tensor.shape) !== String(shape));
    if (odd) fail(`${shapeText(odd.shape)} ${odd.dtype} does not stack on ${shapeText(shape)} ${dtype}`);
    const axis = normalizeAxis(attributes.axis, shape.length + 1);
    return [{ shape: shape.toSpliced(axis, 0, tensors.length), dtype, ...foldScalars(tensors) }];
  },
  count({ axis }, inputs, outputs) {
    const values = inputs.map((_, position) => operand(inputs, position, 'value'));
    const outer = elementCount(outputs[0].shape.slice(0, normalizeAxis(axis, outputs[0].shape.length)));
    return { counts: moveCounts(values, outputs, outer * values.length) };
  },
  prepare({ axis }, inputs, [output]) {
    const at = normalizeAxis(axis, output.shape.length);
    return joinParts(
      interleave(
        inputs.map(() => output.shape.with(at, 1)),
        at,
      ),
    );
  },
});
