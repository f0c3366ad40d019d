import { NUMBER, POSITIVE } from '../../models/formats/tflite/codecs.ts';
import type { AttributesOf, Fields, OpStorage } from '../../models/formats/tflite/op-storage.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { fail, operand, readOperandInts, requirePositive, type Operands } from '../definition/operands.ts';
import { cutParts, interleave } from './interleave.ts';
import { moveCounts } from './move-counts.ts';
import { COPIED_IN_PARTS } from './move-estimates.ts';

// Far above any model; keeps a hostile file from asking for billions of parts.
const MAX_PARTS = 65536;

interface Cut<T extends string, F extends Fields> extends OpFacts {
  readonly type: T;
  readonly tflite: OpStorage<F>;
  /** Position of the tensor that is cut. */
  readonly data: number;
  axis(attributes: AttributesOf<F>, inputs: Operands): number;
  /** Lengths of the parts along the axis; undefined for parts of one that drop it. */
  lengths(attributes: AttributesOf<F>, inputs: Operands, axis: number): readonly number[] | undefined;
}

function checkParts(parts: number): number {
  requirePositive(parts, 'number of parts');
  return parts > MAX_PARTS ? fail(`${parts} parts are more than ${MAX_PARTS}`) : parts;
}

/** An op that cuts a tensor along one axis. */
function defineCut<const T extends string, F extends Fields>({
  data,
  axis,
  lengths,
  ...facts
}: Cut<T, F>): Op<T, AttributesOf<F>> {
  const axisOf = (attributes: AttributesOf<F>, inputs: Operands) =>
    normalizeAxis(axis(attributes, inputs), operand(inputs, data, 'input').shape.length);
  return defineOp<T, F>({
    quantization: { sameScale: true },
    estimates: COPIED_IN_PARTS,
    ...facts,
    infer(attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operand(inputs, data, 'input');
      const at = axisOf(attributes, inputs);
      const parts = lengths(attributes, inputs, at);
      if (parts) return parts.map((part) => ({ shape: shape.with(at, part), dtype }));
      return Array.from({ length: checkParts(shape[at]) }, () => ({ shape: shape.toSpliced(at, 1), dtype }));
    },
    count(attributes, inputs, outputs) {
      const input = operand(inputs, data, 'input');
      const outer = elementCount(input.shape.slice(0, axisOf(attributes, inputs)));
      return { counts: moveCounts([input], outputs, outer * outputs.length) };
    },
    prepare(attributes, inputs, outputs) {
      const shapes = outputs.map(({ shape }) => shape);
      return cutParts(interleave(shapes, axisOf(attributes, inputs)), data);
    },
  });
}

/** Inputs: axis (constant), then the tensor, which is cut into equal parts. */
export const split = defineCut({
  type: 'SPLIT',
  tflite: {
    options: 'SplitOptions',
    fields: { splits: ['num_splits', POSITIVE] },
    versions: {
      runtimes: '1.5.0 1.14.0 1.14.0 2.3.0',
      types: { int8: 2, int32: 3, int16: 4 },
      operand: 1,
    },
  },
  tflm: {
    limits: { types: ['* float32|int8|int16|int32'] },
    oldTypes: ['float32', 'int8', 'uint8', 'int16', 'int32'],
  },
  indexInputs: [0],
  data: 1,
  axis: (_attributes, inputs) => readOperandInts(inputs, 0, 'axis')[0],
  lengths({ splits }, inputs, axis) {
    const length = operand(inputs, 1, 'input').shape[axis];
    const part = length / checkParts(splits);
    if (Number.isInteger(part)) return new Array<number>(splits).fill(part);
    return fail(`dimension ${axis} of ${length} does not divide into ${splits} equal parts`);
  },
});

/** Inputs: the tensor, the lengths of its parts (one may be -1: what is left) and the axis, all constant. */
export const splitV = defineCut({
  type: 'SPLIT_V',
  tflite: {
    options: 'SplitVOptions',
    fields: { splits: ['num_splits', POSITIVE] },
    versions: { runtimes: '1.13.1 2.3.0', types: { int8: 2 } },
  },
  tflm: { limits: { types: ['float32|int8|int16|int32'] } },
  indexInputs: [1, 2],
  data: 0,
  axis: (_attributes, inputs) => readOperandInts(inputs, 2, 'axis')[0],
  lengths({ splits }, inputs, axis) {
    const length = operand(inputs, 0, 'input').shape[axis];
    const given = readOperandInts(inputs, 1, 'lengths');
    if (given.length !== checkParts(splits)) fail(`${given.length} lengths for ${splits} parts`);
    const rest = length - given.reduce((sum, part) => sum + Math.max(part, 0), 0);
    const parts = given.map((part) => (part === -1 ? rest : part));
    const isWhole = parts.every((part) => part >= 0) && parts.reduce((a, b) => a + b, 0) === length;
    return isWhole ? parts : fail(`lengths ${given.join(',')} do not cut dimension ${axis} of ${length}`);
  },
});

/** As many tensors as the axis is long, each without it. */
export const unpack = defineCut({
  type: 'UNPACK',
  tflite: {
    options: 'UnpackOptions',
    fields: { axis: ['axis', NUMBER], values: ['num', NUMBER] },
    versions: {
      runtimes: '1.11.0 1.14.0 2.2.0 2.3.0',
      types: { int8: 2, uint8: 2, bool: 3, int16: 4 },
    },
  },
  tflm: {
    limits: { types: ['float32|int8|int16|int32'] },
    oldTypes: ['float32', 'int8', 'uint8', 'int32'],
  },
  data: 0,
  axis: ({ axis }) => axis,
  lengths({ values }, inputs, axis) {
    const length = operand(inputs, 0, 'input').shape[axis];
    return values === length ? undefined : fail(`${values} values promised, axis ${axis} holds ${length}`);
  },
});
