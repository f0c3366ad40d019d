import type { OpType } from '../../models/graph/attributes.ts';
import type { DType } from '../../models/graph/graph.ts';
import { broadcastShapes } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op } from '../definition/op.ts';
import { fail, operand } from '../definition/operands.ts';

/** An op that maps each element by itself; `dtype` where the output has another type than the input. */
export function defineUnary<T extends OpType>(type: T, dtype?: DType): Op<T> {
  return defineOp<T>({
    type,
    infer(_attributes, inputs) {
      const input = operand(inputs, 0, 'input');
      return [{ shape: [...input.shape], dtype: dtype ?? input.dtype }];
    },
  });
}

/** An op of two operands that broadcast as in numpy. */
export function defineBinary<T extends OpType>(type: T): Op<T> {
  return defineOp<T>({
    type,
    infer(_attributes, inputs) {
      const a = operand(inputs, 0, 'first operand');
      const b = operand(inputs, 1, 'second operand');
      if (a.dtype !== b.dtype) fail(`operands are ${a.dtype} and ${b.dtype}, need one type`);
      return [{ shape: broadcastShapes(a.shape, b.shape), dtype: a.dtype }];
    },
  });
}
