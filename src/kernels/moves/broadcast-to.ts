import type { TensorInfo } from '../../models/graph/graph.ts';
import { broadcastShapes } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, int32Bytes, operand, readInts, readOperandInts, shapeText } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';
import { broadcastOffsets, stridesOf, walk } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';

const types = { int8: 3, int16: 3 };

/** Repeats its input to the constant shape of the second. */
export const broadcastTo = defineMove({
  type: 'BROADCAST_TO',
  tflite: {
    options: 'BroadcastToOptions',
    versions: {
      runtimes: '2.5.0 2.5.0 2.5.0',
      types,
      rule: ({ inputs: [x] }) => types[x?.dtype as 'int8'] ?? 2,
    },
  },
  indexInputs: [1],
  tflm: { limits: { maxRank: 5 } },
  estimates: {
    any: estimate({ outputBytes: 0.6, innerRows: 34, '1': 400 }, 'memcpy of rows in CONCATENATION'),
  },
  shape(_attributes, inputs) {
    const { shape } = operand(inputs, 0, 'input');
    const target = readOperandInts(inputs, 1, 'shape');
    if (target.some((dimension) => dimension < 0)) fail(`shape ${shapeText(target)} has a side below 0`);
    if (String(broadcastShapes(shape, target)) === String(target)) return target;
    return fail(`${shapeText(shape)} does not broadcast to ${shapeText(target)}`);
  },
  source: (_attributes, _inputs, input, output) =>
    broadcastOffsets(input, output) ?? walk(output, stridesOf(output)),
});

/** The shape, as int32, that two shapes broadcast to; known where both are. */
export const broadcastArgs = defineOp({
  type: 'BROADCAST_ARGS',
  tflite: { versions: { runtimes: '2.6.0' } },
  tflm: { limits: { types: ['int32|int64'] } },
  estimates: { any: estimate({ elements: 20, '1': 200 }, 'a loop over a few words') },
  infer(_attributes, inputs): TensorInfo[] {
    const [a, b] = [operand(inputs, 0, 'shape'), operand(inputs, 1, 'shape')];
    const length = Math.max(a.shape[0] ?? 0, b.shape[0] ?? 0);
    const isKnown = a.data !== undefined && b.data !== undefined && a.dtype === 'int32';
    const data = isKnown && int32Bytes(broadcastShapes(readInts(a, 'shape'), readInts(b, 'shape')));
    return [{ shape: [length], dtype: a.dtype, ...(data && { data }) }];
  },
  prepare: (_attributes, _inputs, [{ dtype }]) => ({
    run([a, b], [out]) {
      const shape = broadcastShapes(Array.from(a, Number), Array.from(b, Number));
      out.set(dtype === 'int64' ? (shape.map(BigInt) as unknown as number[]) : shape);
    },
  }),
});
