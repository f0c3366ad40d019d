import type { Kernel } from '../definition/kernel.ts';

/** Each output element from one input element, by offsets computed beforehand; `source` is the input's position. */
export function gather(offsets: Int32Array, source = 0): Kernel {
  return {
    run(inputs, [out]) {
      const from = inputs[source];
      for (let at = 0; at < offsets.length; at++) out[at] = from[offsets[at]];
    },
  };
}

/** Copies the first input: a reshape moves nothing. */
export const copyFirst = (): Kernel => ({
  run([input], [out]) {
    out.set(input);
  },
});
