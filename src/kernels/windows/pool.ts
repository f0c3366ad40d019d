import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op } from '../definition/op.ts';
import { operand, operandOfRank } from '../definition/operands.ts';
import { windowCounts } from './window-counts.ts';
import { describeWindow, slideWindow } from './window.ts';

/** A pool over height and width of an NHWC image; it has no multiply-accumulates. */
export function definePool<T extends 'MAX_POOL_2D' | 'AVERAGE_POOL_2D'>(type: T): Op<T> {
  return defineOp<'MAX_POOL_2D' | 'AVERAGE_POOL_2D'>({
    type,
    infer(attributes, inputs): TensorInfo[] {
      const input = operandOfRank(inputs, 0, 'input', 4);
      const [outH, outW] = slideWindow(input, attributes.filterH, attributes.filterW, attributes);
      return [{ shape: [input.shape[0], outH, outW, input.shape[3]], dtype: input.dtype }];
    },
    count(attributes, inputs, [output]) {
      const { filterH, filterW } = attributes;
      const geometry = describeWindow(operand(inputs, 0, 'input'), output, filterH, filterW, attributes);
      return { counts: windowCounts(geometry, 'perChannel') };
    },
  }) as Op<T>;
}
