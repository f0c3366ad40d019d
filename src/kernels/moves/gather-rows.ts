import { elementCount, tensorBytes, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp, type OpCounts } from '../definition/define-op.ts';
import type { Kernel } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { estimate, type Estimates } from '../definition/tflm.ts';
import { NUMBER } from '../../models/formats/tflite/codecs.ts';
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { moveCounts } from './move-counts.ts';

const estimates: Estimates = {
  any: estimate(
    { outputBytes: 0.525, pieces: 45, '1': 250 },
    'memcpy of pieces in CONCATENATION (34 a piece)',
  ),
};

const limits = { types: ['float32|int8 int32'] };

/** The index at a place, which is known only while the model runs. */
export function indexWithin(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  return fail(`index ${index} is outside of ${length} rows`);
}

interface Gather {
  readonly axis: number;
  readonly batchDims: number;
}

/** Counts of a table of which as much is read as is written. */
export function rowCounts(table: TensorInfo, outputs: readonly TensorInfo[], pieces: number): OpCounts {
  const bytes = tensorBytes(outputs[0]);
  const read = table.data === undefined && !table.isConstant ? { loadBytes: bytes } : { weightBytes: bytes };
  return { ...read, counts: moveCounts([table], outputs, pieces) };
}

/** Sizes of what GATHER loops over: batches, outer rows, indices a batch, and elements of one piece. */
function gatherSizes({ axis, batchDims }: Gather, inputs: Operands) {
  const [data, indices] = [operand(inputs, 0, 'input'), operand(inputs, 1, 'indices')];
  const at = normalizeAxis(axis, data.shape.length);
  const batches = batchDims < 0 ? batchDims + indices.shape.length : batchDims;
  if (batches < 0 || batches > at || batches > indices.shape.length) {
    fail(`${batchDims} batch dimensions do not fit axis ${axis}`);
  }
  return {
    batch: elementCount(data.shape.slice(0, batches)),
    outer: elementCount(data.shape.slice(batches, at)),
    length: data.shape[at],
    picked: elementCount(indices.shape.slice(batches)),
    inner: elementCount(data.shape.slice(at + 1)),
    shape: [...data.shape.slice(0, at), ...indices.shape.slice(batches), ...data.shape.slice(at + 1)],
  };
}

/** Rows of the first input along an axis, by the indices of the second, which may be computed. */
export const gather = defineOp({
  type: 'GATHER',
  tflite: {
    options: 'GatherOptions',
    fields: { axis: ['axis', NUMBER], batchDims: ['batch_dims', NUMBER] },
    versions: {
      runtimes: '1.6.0 1.14.0 1.15.0 2.4.0 2.5.0',
      types: { int8: 2, bool: 3, int16: 4 },
      rule: ({ attributes }: Site) => (attributes.batchDims === 0 ? undefined : 5),
    },
  },
  quantization: { sameScale: true },
  indexInputs: [1],
  tflm: { limits },
  estimates,
  infer: (attributes, inputs): TensorInfo[] => [
    { shape: gatherSizes(attributes, inputs).shape, dtype: operand(inputs, 0, 'input').dtype },
  ],
  count(attributes, inputs, outputs) {
    const { batch, outer, picked } = gatherSizes(attributes, inputs);
    return rowCounts(operand(inputs, 0, 'input'), outputs, batch * outer * picked);
  },
  prepare(attributes, inputs): Kernel {
    const { batch, outer, length, picked, inner } = gatherSizes(attributes, inputs);
    return {
      run([from, indices], [out]) {
        let at = 0;
        for (let row = 0; row < batch * outer; row++) {
          const first = Math.floor(row / outer) * picked;
          for (let pick = first; pick < first + picked; pick++) {
            const start = (row * length + indexWithin(Number(indices[pick]), length)) * inner;
            for (let element = 0; element < inner; element++) out[at++] = from[start + element];
          }
        }
      },
    };
  },
});

/** Slices of the first input by tuples of indices, the last axis of the second. */
export const gatherNd = defineOp({
  type: 'GATHER_ND',
  tflite: { options: 'GatherNdOptions', versions: { runtimes: '1.14.0 2.3.0 2.5.0', types: { int16: 3 } } },
  quantization: { sameScale: true },
  indexInputs: [1],
  tflm: { limits },
  estimates,
  infer(_attributes, inputs): TensorInfo[] {
    const [data, indices] = [operand(inputs, 0, 'input'), operand(inputs, 1, 'indices')];
    const depth = indices.shape.at(-1) ?? fail('indices need at least one dimension');
    if (depth > data.shape.length) fail(`tuples of ${depth} indices for ${data.shape.length} dimensions`);
    return [{ shape: [...indices.shape.slice(0, -1), ...data.shape.slice(depth)], dtype: data.dtype }];
  },
  count(_attributes, inputs, outputs) {
    const tuples = elementCount(operand(inputs, 1, 'indices').shape.slice(0, -1));
    return rowCounts(operand(inputs, 0, 'input'), outputs, tuples);
  },
  prepare(_attributes, inputs): Kernel {
    const { shape } = operand(inputs, 0, 'input');
    const indexShape = operand(inputs, 1, 'indices').shape;
    const depth = indexShape.at(-1)!;
    const inner = elementCount(shape.slice(depth));
    const tuples = elementCount(indexShape.slice(0, -1));
    return {
      run([from, indices], [out]) {
        for (let tuple = 0; tuple < tuples; tuple++) {
          let row = 0;
          for (let axis = 0; axis < depth; axis++) {
            row = row * shape[axis] + indexWithin(Number(indices[tuple * depth + axis]), shape[axis]);
          }
          for (let at = 0; at < inner; at++) out[tuple * inner + at] = from[row * inner + at];
        }
      },
    };
  },
});
