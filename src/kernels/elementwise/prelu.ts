import type { TensorInfo } from '../../models/graph/graph.ts';
import { broadcastShapes } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';

/** The slopes (input 1) broadcast to the input, never the other way round. */
export const prelu = defineOp({
  type: 'PRELU',
  weightInputs: [1],
  infer(_attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const slopes = operand(inputs, 1, 'slopes').shape;
    if (String(broadcastShapes(shape, slopes)) !== String(shape)) {
      fail(`slopes ${shapeText(slopes)} are larger than the input ${shapeText(shape)}`);
    }
    return [{ shape: [...shape], dtype }];
  },
});
