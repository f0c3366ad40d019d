import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Kernel } from '../definition/kernel.ts';
import { fail, operand, operandOfRank } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { indexWithin, rowCounts } from './gather-rows.ts';

/** A row of the table, the second input, for each index; an int8 table may give floats. */
export const embeddingLookup = defineOp({
  type: 'EMBEDDING_LOOKUP',
  tflite: {
    versions: {
      runtimes: '1.13.0 1.14.0 1.14.0',
      rule: ({ inputs: [, table], outputs: [output] }: Site) =>
        table?.dtype === 'int8' ? (output.dtype === 'float32' ? 2 : 3) : 1,
    },
  },
  indexInputs: [0],
  tflm: { limits: { types: ['int32 float32 -> float32', 'int32 int8 -> float32|int8'] } },
  estimates: {
    any: estimate({ outputBytes: 0.525, pieces: 45, '1': 250 }, 'memcpy of pieces in CONCATENATION'),
  },
  infer(_attributes, inputs): TensorInfo[] {
    const [indices, table] = [operandOfRank(inputs, 0, 'indices', 1), operand(inputs, 1, 'table')];
    if (table.shape.length < 2) fail('the table needs at least two dimensions');
    return [{ shape: [indices.shape[0], ...table.shape.slice(1)], dtype: table.dtype }];
  },
  count: (_attributes, inputs, outputs) =>
    rowCounts(operand(inputs, 1, 'table'), outputs, outputs[0].shape[0]),
  prepare(_attributes, inputs, [output]): Kernel {
    const table = operand(inputs, 1, 'table');
    const [rows, ...rest] = table.shape;
    const inner = elementCount(rest);
    const scale = table.dtype === 'int8' && output.dtype === 'float32' ? scaleOf(table, 'table').scale : 1;
    return {
      run([indices, from], [out]) {
        for (let row = 0; row < indices.length; row++) {
          const start = indexWithin(Number(indices[row]), rows) * inner;
          for (let at = 0; at < inner; at++) {
            const stored = from[start + at];
            out[row * inner + at] = scale === 1 ? stored : scale * stored;
          }
        }
      },
    };
  },
});
