import type { VersionRow } from '../../models/formats/tflite/op-versions.ts';
import type { ReduceAttributes } from '../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import type { Kernel } from '../definition/kernel.ts';
import { operand, readOperandInts, type Operands } from '../definition/operands.ts';
import { keepDims } from '../definition/option-fields.ts';
import { estimate, FLOAT_OR_INTEGERS, WITH_UINT8 } from '../definition/tflm.ts';
import { INT8, INT8_INT16 } from '../definition/version-rules.ts';
import { prepareExtreme, prepareReduction } from './reduce-arithmetic.ts';
import { indexScratch, sumScratch } from './reduce-scratch.ts';

function reduceShape(shape: readonly number[], axes: ReadonlySet<number>, keepDims: boolean): number[] {
  if (keepDims) return shape.map((dimension, axis) => (axes.has(axis) ? 1 : dimension));
  return shape.filter((_, axis) => !axes.has(axis));
}

type Reduction = Pick<OpFacts, 'kmodel' | 'estimates' | 'tflm' | 'quantization'> & {
  readonly versions: VersionRow;
  readonly arithmetic: (inputs: Operands, output: TensorInfo) => Kernel;
};

/** A reduction over the constant axes of the second input; repeated axes count once. */
function defineReduce<const T extends string>(
  type: T,
  { versions, tflm, arithmetic, ...facts }: Reduction,
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
    countAlso: reduceCounts,
    prepare: (_attributes, inputs, [output]) => arithmetic(inputs, output),
  });
}

/** Rows of the last axis, each walked by itself, and what a reduction that keeps its dimensions sums in plain loops. */
function reduceCounts({ keepDims }: ReduceAttributes, inputs: Operands): Record<string, number> {
  const { shape } = operand(inputs, 0, 'input');
  const axes = new Set(readOperandInts(inputs, 1, 'axes').map((axis) => normalizeAxis(axis, shape.length)));
  const isPooled = keepDims && shape.length === 4 && axes.size === 2 && axes.has(1) && axes.has(2);
  return {
    innerRows: elementCount(shape.slice(0, -1)),
    pooledElements: isPooled ? elementCount(shape) : 0,
    reducedAxes: axes.size,
    reducesInner: axes.has(shape.length - 1) ? 1 : 0,
  };
}

/** Two index computations for every input element (reference/reduce.h, Reduce). */
const REDUCED_INT8 = estimate(
  { inputElements: 129, outputs: 50, innerRows: 11, '1': 900 },
  'int8 mean and sum at GCC -O2 (129 an input element, counted)',
);

export const mean = defineReduce('MEAN', {
  arithmetic: (inputs, output) => prepareReduction(inputs, output, true),
  versions: { runtimes: '1.6.0 1.14.0 2.4.0', types: INT8_INT16 },
  tflm: { oldTypes: WITH_UINT8 },
  kmodel: { lowering: 'mean' },
  estimates: {
    float32: estimate(
      { inputElements: 142, pooledElements: -136, outputs: 20, innerRows: 11, '1': 450 },
      'float mean at GCC -O2 (142 an input element, 6 where it keeps height and width, counted)',
    ),
    int8: REDUCED_INT8,
  },
});

export const sum = defineReduce('SUM', {
  arithmetic: (inputs, output) => prepareReduction(inputs, output, false),
  versions: { runtimes: '1.10.0 1.15.0', types: INT8 },
  estimates: {
    float32: estimate(
      { inputElements: 143, innerRows: 11, '1': 443 },
      'float sum at GCC -O2 (143 an input element, counted)',
    ),
    int8: REDUCED_INT8,
  },
});

const otherScale = ({ inputs: [input], outputs: [output] }: KernelCall): string | undefined =>
  input?.quantization?.scales[0] === output?.quantization?.scales[0]
    ? undefined
    : 'int8 output of another scale than its input; it takes one scale';

/** The largest or smallest element; stored values are not rescaled. */
function defineExtreme<const T extends string>(type: T, isBetter: (a: number, b: number) => boolean) {
  return defineReduce(type, {
    arithmetic: (inputs, output) => prepareExtreme(inputs, output, isBetter),
    versions: { runtimes: '1.11.0 1.14.0 2.5.0', types: INT8_INT16 },
    quantization: { sameScale: true },
    tflm: {
      scratch: indexScratch,
      limits: { types: ['float32 -> float32', 'int8 -> int8'], check: otherScale },
      oldTypes: ['float32', 'int8'],
    },
    estimates: {
      float32: estimate(
        { inputElements: 144, outputs: 2, innerRows: 11, '1': 414 },
        'float reduce_max at GCC -O2 (144 an input element, counted)',
      ),
      int8: estimate(
        { inputElements: 142, innerRows: 11, '1': 468 },
        'int8 reduce_max at GCC -O2 (142 an input element, counted)',
      ),
    },
  });
}

export const reduceMax = defineExtreme('REDUCE_MAX', (a, b) => a > b);
export const reduceMin = defineExtreme('REDUCE_MIN', (a, b) => a < b);
