import type { Choice } from './setting.ts';

/*
 * What deploying asks of MaixPy's settings: their keys and standards, apart from their texts, so that a page which only
 * predicts does not hold those.
 */

export const FIRMWARE_CHOICE: Choice = { key: 'maixpy.firmware', standard: 'as-fitted' };
export const KERNELS_CHOICE: Choice = { key: 'maixpy.kernels', standard: '0.5' };
export const UNRUNNABLE_CHOICE: Choice = { key: 'maixpy.unrunnable', standard: 'refuse' };

/** Who copies a KPU result to main memory where neither a script nor an option says so, by `maixpy.firmware`. */
export const COPY_OUT: Readonly<Record<string, 'cpu' | 'dma'>> = {
  'as-fitted': 'cpu',
  '0.5.0': 'dma',
  '0.5.1': 'cpu',
  '0.6': 'cpu',
};
