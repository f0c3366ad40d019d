import type { TensorInfo } from '../../models/graph/graph.ts';
import type { Kernel } from '../definition/kernel.ts';

/** What a tensor stores for the real 0. */
export function storedZero({ quantization, dtype }: TensorInfo): number {
  if (dtype === 'int64' || dtype === 'uint64') return 0n as unknown as number;
  return quantization?.zeroPoints[0] ?? 0;
}

/**
 * Each output element from one input element, by offsets computed beforehand; `source` is the input's position, `none`
 * what stands where an offset is below 0.
 */
export function gather(offsets: Int32Array, source = 0, none = 0): Kernel {
  return {
    run(inputs, [out]) {
      const from = inputs[source];
      for (let at = 0; at < offsets.length; at++) {
        const offset = offsets[at];
        out[at] = offset < 0 ? none : from[offset];
      }
    },
  };
}

/** Copies the first input: a reshape moves nothing. */
export const copyFirst = (): Kernel => ({
  run([input], [out]) {
    out.set(input);
  },
});
