import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { clamp } from '../../numbers.ts';
import type { Kernel, NumericData, Prepare } from '../definition/kernel.ts';
import { operand, type Operands } from '../definition/operands.ts';
import { broadcastOffsets } from '../numbers/broadcast.ts';
import { mbqm, mbqmWide, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { matmulGeometry, type Transposed } from './matmul-geometry.ts';

const { fround } = Math;

/** Where one matrix lies, and how far its neighbours along the outputs and along the sum are. */
interface Side {
  readonly start: number;
  readonly step: number;
  readonly inner: number;
}

type Dot = (lhs: NumericData, rhs: NumericData, a: number, b: number, left: Side, right: Side) => number;

/** Index of the matrix that each batch takes. */
function matricesOf(shape: readonly number[], batches: readonly number[]): (batch: number) => number {
  const offsets = broadcastOffsets(shape.slice(0, -2), batches);
  return (batch) => offsets?.[batch] ?? batch;
}

/** Runs over batches, rows and columns; `dot` gives the output of two lines of the matrices. */
function overMatrices(attributes: Transposed, inputs: Operands, dot: (depth: number) => Dot): Kernel {
  const [lhs, rhs] = [operand(inputs, 0, 'left side').shape, operand(inputs, 1, 'right side').shape];
  const { batches, rows, columns, depth } = matmulGeometry(lhs, rhs, attributes);
  const [leftOf, rightOf] = [matricesOf(lhs, batches), matricesOf(rhs, batches)];
  const line = attributes.adjX ? { step: 1, inner: rows } : { step: depth, inner: 1 };
  const column = attributes.adjY ? { step: depth, inner: 1 } : { step: 1, inner: columns };
  const product = dot(depth);
  const count = elementCount(batches);
  return {
    run([left, right], [out]) {
      let at = 0;
      for (let batch = 0; batch < count; batch++) {
        const a = { start: leftOf(batch) * rows * depth, ...line };
        const b = { start: rightOf(batch) * depth * columns, ...column };
        for (let row = 0; row < rows; row++)
          for (let f = 0; f < columns; f++) out[at++] = product(left, right, row, f, a, b);
      }
    },
  };
}

/** Matrix products in single precision, sums in order (TFLite reference/batch_matmul.h). */
export const prepareMatmulFloat32: Prepare<Transposed> = (attributes, inputs) =>
  overMatrices(attributes, inputs, (depth) => (lhs, rhs, a, b, left, right) => {
    let i = left.start + a * left.step;
    let j = right.start + b * right.step;
    let sum = 0;
    for (let k = 0; k < depth; k++, i += left.inner, j += right.inner)
      sum = fround(sum + fround(lhs[i] * rhs[j]));
    return sum;
  });

/** From sums to stored outputs; the product of the scales is float32, as a dense layer's. */
function rescaling(lhs: TensorInfo, rhs: TensorInfo, output: TensorInfo): (sum: number) => number {
  const [x, y, out] = [scaleOf(lhs, 'left side'), scaleOf(rhs, 'right side'), scaleOf(output, 'output')];
  const { q, e } = quantizeMultiplier(fround(x.scale * y.scale) / out.scale);
  const { low, high } = integerRange(output.dtype);
  const scaled = lhs.dtype === 'int16' ? mbqmWide : mbqm;
  return (sum) => clamp(scaled(sum, q, e) + out.zeroPoint, low, high);
}

/** Matrix products of quantized integers (TFLite Micro batch_matmul.cc, EvalInt8 and EvalInt16). */
export const prepareMatmulInteger: Prepare<Transposed> = (attributes, inputs, [output]) => {
  const [lhs, rhs] = [operand(inputs, 0, 'left side'), operand(inputs, 1, 'right side')];
  const [x, y] = [scaleOf(lhs, 'left side').zeroPoint, scaleOf(rhs, 'right side').zeroPoint];
  const store = rescaling(lhs, rhs, output);
  return overMatrices(attributes, inputs, (depth) => (left, right, a, b, first, second) => {
    let i = first.start + a * first.step;
    let j = second.start + b * second.step;
    let sum = 0;
    for (let k = 0; k < depth; k++, i += first.inner, j += second.inner)
      sum += (left[i] - x) * (right[j] - y);
    return store(sum);
  });
};
