import { elementCount } from '../../models/graph/graph.ts';
import { INT32_BYTES } from '../definition/scratch.ts';
import type { ScratchCall, ScratchRule } from '../definition/tflm.ts';

/** Indices of the element in hand and of the resolved axes, both int32. */
function indexLists({ inputs: [input, axes] }: ScratchCall): number[] {
  return [(input?.shape.length ?? 0) * INT32_BYTES, axes ? elementCount(axes.shape) * INT32_BYTES : 0];
}

/** reduce_common.cc, PrepareMax: two lists of indices. */
export const indexScratch: ScratchRule = indexLists;

/** reduce_common.cc, PrepareMeanOrSum: for integers an int32 sum for each output, then two lists of indices. */
export const sumScratch: ScratchRule = (call) => {
  const isInteger = ['int8', 'uint8', 'int16'].includes(call.inputs[0]?.dtype ?? '');
  const sums = isInteger ? elementCount(call.output.shape) * INT32_BYTES : 0;
  return [sums, ...indexLists(call)];
};
