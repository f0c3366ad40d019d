import type { VersionRow } from '../../models/formats/tflite/op-versions.ts';
import type { ReduceAttributes } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { operand, readOperandInts } from '../definition/operands.ts';
import { keepDims } from '../definition/option-fields.ts';
import { estimate, FLOAT_OR_INTEGERS, WITH_UINT8 } from '../definition/tflm.ts';
import { INT8, INT8_INT16 } from '../definition/version-rules.ts';
import { prepareReduction } from './reduce-arithmetic.ts';
import { sumScratch } from './reduce-scratch.ts';

function reduceShape(shape: readonly number[], axes: ReadonlySet<number>, keepDims: boolean): number[] {
  if (keepDims) return shape.map((dimension, axis) => (axes.has(axis) ? 1 : dimension));
  return shape.filter((_, axis) => !axes.has(axis));
}

type Reduction = Pick<OpFacts, 'kmodel' | 'estimates' | 'tflm'> & { readonly versions: VersionRow };

/** A reduction over the constant axes of the second input; repeated axes count once. */
function defineReduce<const T extends 'MEAN' | 'SUM'>(
  type: T,
  { versions, tflm, ...facts }: Reduction,
): Op<T, ReduceAttributes> {
  return defineOp({
    type,
    tflite: { options: 'ReducerOptions', fields: { keepDims }, versions },
    indexInputs: [1],
    tflm: { scratch: sumScratch, limits: { types: FLOAT_OR_INTEGERS }, ...tflm },
    ...facts,
    infer(attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operand(inputs, 0, 'input');
      const axes = readOperandInts(inputs, 1, 'axes').map((axis) => normalizeAxis(axis, shape.length));
      return [{ shape: reduceShape(shape, new Set(axes), attributes.keepDims), dtype }];
    },
    prepare: (_attributes, inputs, [output]) => prepareReduction(inputs, output, type === 'MEAN'),
  });
}

export const mean = defineReduce('MEAN', {
  versions: { runtimes: '1.6.0 1.14.0 2.4.0', types: INT8_INT16 },
  tflm: { resolvers: ['libtf-2020-11'], oldTypes: WITH_UINT8 },
  kmodel: { lowering: 'mean' },
  estimates: {
    float32: estimate(
      { inputElements: 8, outputs: 40, '1': 200 },
      'float average pool (7 an input, 23 an output)',
    ),
    int8: estimate(
      { inputElements: 10, outputs: 100, '1': 200 },
      'int8 average pool (6 an input) and an output stage',
    ),
  },
});

export const sum = defineReduce('SUM', {
  versions: { runtimes: '1.10.0 1.15.0', types: INT8 },
  estimates: {
    float32: estimate(
      { inputElements: 25, '1': 200 },
      'float average pool (7 an input) with index arithmetic',
    ),
    int8: estimate(
      { inputElements: 27, outputs: 60, '1': 200 },
      'int8 average pool (6 an input) with index arithmetic',
    ),
  },
});
