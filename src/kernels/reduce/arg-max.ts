import { estimate, WITH_UINT8 } from '../definition/tflm.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import type { OptionsName } from '../../models/formats/tflite/options-table.ts';
import type { Prepare } from '../definition/kernel.ts';
import type { Op } from '../definition/op.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, readOperandInts } from '../definition/operands.ts';

const ARG_MAX_COUNTED = 'arg_max at GCC -O2 (10 an element and 16 a row, counted)';

type IsBetter = (a: number, b: number) => boolean;

/** Index of the first best element along the axis. */
const prepareBest =
  (isBetter: IsBetter): Prepare =>
  (_attributes, inputs, [output]) => {
    const { shape } = operand(inputs, 0, 'input');
    const axis = normalizeAxis(readOperandInts(inputs, 1, 'axis')[0], shape.length);
    const inner = elementCount(shape.slice(axis + 1));
    const outputs = elementCount(output.shape);
    const store = output.dtype === 'int64' ? (index: number) => BigInt(index) as unknown as number : Number;
    return {
      run([input], [out]) {
        for (let at = 0; at < outputs; at++) {
          const base = Math.floor(at / inner) * shape[axis] * inner + (at % inner);
          let best = 0;
          for (let index = 1; index < shape[axis]; index++) {
            if (isBetter(input[base + index * inner], input[base + best * inner])) best = index;
          }
          out[at] = store(best);
        }
      },
    };
  };

/**
 * Axis from the constant second input; that dimension disappears. The type is int32: the attributes do not hold it,
 * and the file's output tensor may say int64.
 */
function defineArg<const T extends string>(type: T, options: OptionsName, isBetter: IsBetter): Op<T> {
  return defineOp({
    type,
    tflite: { options, versions: { runtimes: '1.9.0 1.14.0 2.9.0', types: { int8: 2, bool: 3 } } },
    tflm: {
      limits: { types: ['float32 -> int32', 'int8 -> int32'] },
      oldTypes: WITH_UINT8,
    },
    estimates: { any: estimate({ inputElements: 10, outputs: 16, '1': 220 }, ARG_MAX_COUNTED) },
    indexInputs: [1],
    infer(_attributes, inputs): TensorInfo[] {
      const { shape } = operand(inputs, 0, 'input');
      const axes = readOperandInts(inputs, 1, 'axis');
      if (axes.length !== 1 || elementCount(shape) === 0)
        fail(`needs one axis and elements, got ${axes.length} axes`);
      return [{ shape: shape.toSpliced(normalizeAxis(axes[0], shape.length), 1), dtype: 'int32' }];
    },
    prepare: prepareBest(isBetter),
  });
}

export const argMax = defineArg('ARG_MAX', 'ArgMaxOptions', (a, b) => a > b);
export const argMin = defineArg('ARG_MIN', 'ArgMinOptions', (a, b) => a < b);
