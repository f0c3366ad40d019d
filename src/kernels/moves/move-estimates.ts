import { estimate, perElement, type Estimates } from '../definition/tflm.ts';

const MEMCPY = 'memcpy of GCC 12 newlib, counted in im2col';
const COPY_LOOP = 'a copy loop of the libtf reshape (8 a byte)';

/** One copy of everything. */
export const COPIED: Estimates = { any: estimate({ outputBytes: 0.6, '1': 60 }, MEMCPY) };

/** Copies of the parts that are joined or cut. */
export const COPIED_IN_PARTS: Estimates = {
  any: estimate({ outputBytes: 0.6, operands: 150, '1': 100 }, MEMCPY),
};

/** A loop over the output's elements. */
export function copiedByElement(instructions: number, also = ''): Estimates {
  return { any: perElement(instructions, COPY_LOOP + also) };
}
