import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op } from '../definition/op.ts';
import { fail, operandOfRank, readOperandInts, requirePositive } from '../definition/operands.ts';

type ResizeType = 'RESIZE_NEAREST_NEIGHBOR' | 'RESIZE_BILINEAR';

/** A resize of an NHWC image to the constant [height, width] of the second input. */
export function defineResize<T extends ResizeType>(type: T): Op<T> {
  return defineOp<ResizeType>({
    type,
    indexInputs: [1],
    infer(attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operandOfRank(inputs, 0, 'input', 4);
      const target = readOperandInts(inputs, 1, 'height and width');
      if (target.length !== 2) fail(`height and width need 2 values, got ${target.length}`);
      requirePositive(target[0], 'height');
      requirePositive(target[1], 'width');
      if (attributes.alignCorners && attributes.halfPixelCenters) {
        fail('alignCorners and halfPixelCenters exclude each other');
      }
      return [{ shape: [shape[0], target[0], target[1], shape[3]], dtype }];
    },
  }) as Op<T>;
}
