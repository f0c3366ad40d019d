import { elementCount } from '../../models/graph/graph.ts';
import type { ScratchCall } from './tflm.ts';

/** Bytes of the integers that scratch buffers hold. */
export const INT16_BYTES = 2;
export const INT32_BYTES = 4;
export const INT64_BYTES = 8;

/** Weights of 4 bits are unpacked, one byte each (conv.cc, depthwise_conv.cc, fully_connected.cc). */
export function unpackedWeights({ inputs }: ScratchCall): number {
  return inputs[1]?.dtype === 'int4' ? elementCount(inputs[1].shape) : 0;
}
