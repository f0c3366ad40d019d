import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { denseCounts } from '../definition/dense-counts.ts';
import { checkBias, fail, operand, operandOfRank, shapeText } from '../definition/operands.ts';

function keepDimensions(shape: readonly number[], inC: number, outC: number): number[] {
  if (shape.at(-1) === inC) return [...shape.slice(0, -1), outC];
  return fail(`keepNumDims needs a last dimension of ${inC} inputs, got ${shapeText(shape)}`);
}

/** Weights [outC, inC]; without keepNumDims the input is flattened to rows of inC elements. */
export const fullyConnected = defineOp({
  type: 'FULLY_CONNECTED',
  weightInputs: [1, 2],
  infer(attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const [outC, inC] = operandOfRank(inputs, 1, 'weights', 2).shape;
    const elements = elementCount(shape);
    if (inC < 1 || elements % inC !== 0) {
      fail(`${elements} input elements are not a multiple of the ${inC} inputs of the weights`);
    }
    checkBias(inputs[2], outC);
    const outShape = attributes.keepNumDims ? keepDimensions(shape, inC, outC) : [elements / inC, outC];
    return [{ shape: outShape, dtype }];
  },
  count(_attributes, inputs) {
    const [outC, inC] = operand(inputs, 1, 'weights').shape;
    const elements = elementCount(operand(inputs, 0, 'input').shape);
    return {
      macs: elements * outC,
      counts: denseCounts({ batches: elements / inC, inChannels: inC, outChannels: outC }),
    };
  },
});
