import type { CallRuntime } from '../board/board-parts.ts';
import { constant, uncertain } from '../board/constant.ts';
import { MAIXPY_KERNELS } from '../libraries/maixpy/maixpy-layers.ts';
import { scriptOf } from './scripts.ts';

/** MaixPy's `kpu.forward`: one call runs all layers of a kmodel. */
export const MAIXPY: CallRuntime = {
  id: 'maixpy',
  core: 'rv64gc',
  toolchain: 'ncc',
  firmware: 'MaixPy 0.5, kmodel v3 of ncc 0.1.0-rc5',
  libraries: [MAIXPY_KERNELS],
  constants: {
    forwardCallCycles: uncertain(
      constant(
        11000,
        'core cycles per call',
        'a MicroPython call, argument checks, one result object and two pin writes: about 65 bytecodes and C calls of 170 ' +
          'cycles (loboris/MicroPython_K210_LoBo issue 1); the count is an estimate',
        'estimated',
      ),
      4000,
    ),
  },
  costs: [
    {
      op: 'kpu.forward',
      dtype: 'any',
      kernels: MAIXPY_KERNELS,
      constantCycles: { '1': 'forwardCallCycles' },
      source: 'MaixPy Maix_kpu.c',
      grade: 'estimated',
    },
  ],
  get script() {
    return scriptOf('maixpy');
  },
};
