import type { KmodelLayer } from './layers.ts';

export const KMODEL_VERSION = 3;
/** Bit 0 of the header's flags: weights of 8 bits, else 16. */
export const EIGHT_BIT_WEIGHTS = 1;
/** Bit 0 of a layer's flags: the result lies in main memory. */
export const OUTPUT_IN_MAIN_MEMORY = 1;

/** A result in main memory. */
export interface KmodelOutput {
  readonly address: number;
  readonly bytes: number;
}

/** A kmodel v3 as plain data; layers in the order in which they run. */
export interface KmodelFile {
  readonly flags: number;
  readonly arch: number;
  /** Lowest KPU line used, 32768 if none. */
  readonly max_start_address: number;
  /** Bytes of main memory. */
  readonly main_mem_usage: number;
  readonly outputs: readonly KmodelOutput[];
  readonly layers: readonly KmodelLayer[];
}

export function weightBitsOf({ flags }: Pick<KmodelFile, 'flags'>): 8 | 16 {
  return flags & EIGHT_BIT_WEIGHTS ? 8 : 16;
}
