import { copyFirst } from './gather.ts';
import { COPIED } from './move-estimates.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { operand, readOperandInts } from '../definition/operands.ts';

/** Axis from the constant second input, -rank-1..rank. */
export const expandDims = defineOp({
  type: 'EXPAND_DIMS',
  tflite: { options: 'ExpandDimsOptions', versions: { runtimes: '1.10.0' } },
  quantization: { sameScale: true },
  tflm: { limits: { types: ['float32|int8|int16'] } },
  kmodel: { lowering: 'reshape' },
  estimates: COPIED,
  indexInputs: [1],
  infer(_attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const [axis] = readOperandInts(inputs, 1, 'axis');
    return [{ shape: shape.toSpliced(normalizeAxis(axis, shape.length + 1), 0, 1), dtype }];
  },
  prepare: copyFirst,
});
