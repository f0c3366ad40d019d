import { elementCount } from '../../models/graph/graph.ts';
import { broadcastShapes } from '../../models/graph/shapes.ts';
import { broadcastOffsets } from '../numbers/broadcast.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand } from '../definition/operands.ts';
import { perPair } from '../definition/tflm.ts';
import { pairCounts } from './pairs.ts';

const ESTIMATE = perPair(
  13,
  'float maximum (11, counted) and its broadcast (45 a run), with a third operand',
);

/** The second operand where the first is true, else the third; all three broadcast. */
export const selectV2 = defineOp({
  type: 'SELECT_V2',
  tflite: { options: 'SelectV2Options', versions: { runtimes: '2.2.0' } },
  tflm: {
    limits: { types: ['bool float32 float32', 'bool int8 int8', 'bool int16 int16'], maxRank: 5 },
  },
  estimates: { bool: ESTIMATE },
  infer(_attributes, inputs) {
    const [condition, x, y] = ['condition', 'second operand', 'third operand'].map((role, at) =>
      operand(inputs, at, role),
    );
    if (condition.dtype !== 'bool') fail(`the condition is ${condition.dtype}, needs bool`);
    if (x.dtype !== y.dtype) fail(`operands are ${x.dtype} and ${y.dtype}, need one type`);
    return [{ shape: broadcastShapes(broadcastShapes(condition.shape, x.shape), y.shape), dtype: x.dtype }];
  },
  countAlso: (_attributes, inputs, outputs) => pairCounts(inputs, outputs),
  prepare(_attributes, inputs, [output]) {
    const elements = elementCount(output.shape);
    const [ofCondition, ofX, ofY] = inputs.map((tensor) => broadcastOffsets(tensor!.shape, output.shape));
    return {
      run([condition, x, y], [out]) {
        for (let at = 0; at < elements; at++) {
          const holds = condition[ofCondition?.[at] ?? at] !== 0;
          out[at] = holds ? x[ofX?.[at] ?? at] : y[ofY?.[at] ?? at];
        }
      },
    };
  },
});
