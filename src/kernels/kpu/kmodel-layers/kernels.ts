import type { KpuConvOptions } from '../kpu-conv2d/index.ts';

/**
 * Whose loops a kmodel's core layers run in: MaixPy's library (0.5.0 to 0.6.2), or `kpu.c` of the Kendryte SDK. They differ
 * in a float Dense (order of the sum, activation), and in a mean and a softmax (by a reciprocal or a division).
 */
export type KmodelKernels = 'maixpy' | 'sdk';

/** How the layers of one file are run. */
export interface KmodelOptions extends KpuConvOptions {
  readonly kernels: KmodelKernels;
}
