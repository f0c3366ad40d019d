import type { Core } from '../board/board-parts.ts';
import { constant } from '../board/constant.ts';

const CPI = 'core cycles per instruction';

/** The general-purpose core of the K210. */
export const RV64GC: Core = {
  id: 'rv64gc',
  pipeline: 'RV64GC, in order; one of two, as MaixPy runs a model',
  constants: {
    cpiFloat32: constant(
      1.45,
      CPI,
      'in-order core: of 6 instructions a MAC one waits for its operands (load-use 2 to 3) and one FMA is in a chain of ' +
        '4 to 5 cycles; no measurement of these kernels on the K210 is public',
      'estimated',
    ),
    cpiInt8: constant(
      1.3,
      CPI,
      'in-order core: load-use of 2 to 3 cycles and multiplies of 4; no measurement of these kernels on the K210 is public',
      'estimated',
    ),
  },
};
