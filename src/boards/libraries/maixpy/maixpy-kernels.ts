import type { KernelLibrary } from '../../board/board-parts.ts';
import { MAIXPY_CONSTANTS, RUNTIME_BUILD } from './maixpy-constants.ts';
import { MAIXPY_KERNELS, maixpyLayerCosts } from './maixpy-layers.ts';

/** What MaixPy's C runtime does on the core for each layer of a kmodel. */
export const MAIXPY_0_5: KernelLibrary = {
  id: MAIXPY_KERNELS,
  core: 'rv64gc',
  name: 'kmodel runtime of MaixPy, a descendant of kendryte-standalone-sdk kpu.c',
  version: '0.5',
  build: 'as shipped',
  constants: MAIXPY_CONSTANTS,
  groups: [RUNTIME_BUILD],
  get costs() {
    return maixpyLayerCosts();
  },
};
