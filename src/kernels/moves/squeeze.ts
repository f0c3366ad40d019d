import { LIST } from '../../models/formats/tflite/codecs.ts';
import { copyFirst } from './gather.ts';
import { COPIED } from './move-estimates.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';

/** Drops the named dimensions, or all of 1 where none is named. */
export const squeeze = defineOp({
  type: 'SQUEEZE',
  tflite: {
    options: 'SqueezeOptions',
    fields: { squeezeDims: ['squeeze_dims', LIST] },
    versions: { runtimes: '1.6.0 2.5.0', types: { string: 2 } },
  },
  quantization: { sameScale: true },
  kmodel: { lowering: 'reshape' },
  estimates: COPIED,
  infer(attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const named = attributes.squeezeDims.map((axis) => normalizeAxis(axis, shape.length));
    const wide = named.find((axis) => shape[axis] !== 1);
    if (wide !== undefined) fail(`dimension ${wide} of ${shapeText(shape)} is not 1 and cannot be dropped`);
    const dropped = (axis: number) => (named.length > 0 ? named.includes(axis) : shape[axis] === 1);
    return [{ shape: shape.filter((_, axis) => !dropped(axis)), dtype }];
  },
  prepare: copyFirst,
});
