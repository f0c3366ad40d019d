import { FLAG } from '../../models/formats/tflite/codecs.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { byInput } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { estimate, type TflmSupport } from '../definition/tflm.ts';
import { prepareMatmulFloat32, prepareMatmulInteger } from './matmul-arithmetic.ts';
import { matmulGeometry } from './matmul-geometry.ts';

const LIKE_INT8 = 'its own int8 count (9 a multiply-accumulate) with 64-bit sums';

/** batch_matmul.cc, BatchMatMulPrepare: transposed operands lie in the tail of the arena, so there is no scratch. */
const TFLM: TflmSupport = {
  limits: {
    types: ['float32 float32 -> float32', 'int8 int8 -> int8', 'int16 int16 -> int16'],
    maxRank: 5,
    scaled: [0, 1],
    check: ({ inputs, outputs }) => {
      const shifted = [...inputs, ...outputs].some(
        (tensor) => tensor?.dtype === 'int16' && (tensor.quantization?.zeroPoints[0] ?? 0) !== 0,
      );
      return shifted ? 'int16 with a zero point; it takes a zero point of 0' : undefined;
    },
  },
};

function operandsOf(inputs: Operands): [TensorInfo, TensorInfo] {
  return [operand(inputs, 0, 'left side'), operand(inputs, 1, 'right side')];
}

/** Matrix products over the last two axes, others broadcast; a side of which adjX or adjY is true is transposed first. */
export const batchMatmul = defineOp({
  type: 'BATCH_MATMUL',
  tflite: {
    options: 'BatchMatMulOptions',
    fields: { adjX: ['adj_x', FLAG], adjY: ['adj_y', FLAG] },
    versions: { runtimes: '2.3.0 2.3.0 2.4.0', types: { int8: 2, int16: 3 } },
  },
  tflm: TFLM,
  kmodel: { instead: 'use FULLY_CONNECTED with constant weights' },
  estimates: {
    float32: estimate(
      { macs: 7, outputs: 19, transposed: 5.4, matrices: 205, '1': 1000 },
      'its own count in the reference build at -O2',
    ),
    int8: estimate(
      { macs: 9, outputs: 60, transposed: 5.4, matrices: 196, '1': 970 },
      'its own count in the reference build at -O2',
    ),
    int16: estimate({ macs: 10, outputs: 90, transposed: 5.4, matrices: 200, '1': 970 }, LIKE_INT8),
  },
  infer(attributes, inputs): TensorInfo[] {
    const [lhs, rhs] = operandsOf(inputs);
    const { batches, rows, columns } = matmulGeometry(lhs.shape, rhs.shape, attributes);
    if (lhs.dtype !== rhs.dtype) fail(`${lhs.dtype} by ${rhs.dtype}; both sides need one type`);
    return [{ shape: [...batches, rows, columns], dtype: lhs.dtype }];
  },
  count(attributes, inputs) {
    const [lhs, rhs] = operandsOf(inputs);
    const { batches, rows, columns, depth } = matmulGeometry(lhs.shape, rhs.shape, attributes);
    const matrices = elementCount(batches);
    const outputs = matrices * rows * columns;
    const transposedLeft = attributes.adjX ? elementCount(lhs.shape) : 0;
    const transposed = transposedLeft + (attributes.adjY ? 0 : elementCount(rhs.shape));
    const inputElements = elementCount(lhs.shape) + elementCount(rhs.shape);
    const counts = { outputs, inputElements, matrices, matrixRows: matrices * rows, transposed };
    return { macs: outputs * depth, counts };
  },
  prepare: byInput(0, prepareMatmulFloat32, prepareMatmulInteger),
});
