import { prepareLayer } from '../../src/kernels/kpu/kmodel-layers/index.ts';
import type { KmodelKernels } from '../../src/kernels/kpu/kmodel-layers/kernels.ts';
import { LayerMemory } from '../../src/kernels/kpu/kmodel-layers/memory.ts';
import type { KmodelLayer } from '../../src/models/formats/kmodel/layers.ts';

/** Where the layers of these tests leave their result in main memory; their input lies at 0. */
export const OUT = 512;
export const IO = { flags: 1, main_mem_in_address: 0, main_mem_out_address: OUT };

export const floats = (...values: number[]): Float32Array => Float32Array.from(values);
export const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** Runs one layer, of the SDK unless said, over 1024 bytes of main memory that start with `input`; memory afterwards. */
export function runLayer(
  layer: KmodelLayer,
  input: Float32Array | Uint8Array,
  kernels: KmodelKernels = 'sdk',
): LayerMemory {
  const main = new Uint8Array(1024);
  main.set(new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  const memory = new LayerMemory(main, new Uint8Array(2 ** 21), 'x: layer 0');
  prepareLayer(layer, memory, { weightBits: 8, kernels })();
  return memory;
}
