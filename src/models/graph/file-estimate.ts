import { tensorBytes, type Tensor } from './graph.ts';

// Estimated: fitted to the ten float files of the paper's architecture (9,184 to 80,096 bytes), exact to 16 bytes there.
// A real file differs by its tensor names and, if quantized, by its scales.
const FILE_BYTES = 136;
const TENSOR_BYTES = 96;
const NODE_BYTES = 72;
const BUFFER_ALIGNMENT_BYTES = 16;

/** Bytes that a .tflite of these tensors would roughly take: aligned constants plus tables. Grade: estimated. */
export function estimateFileBytes(tensors: readonly Tensor[], nodeCount: number): number {
  let bytes = FILE_BYTES + TENSOR_BYTES * tensors.length + NODE_BYTES * nodeCount;
  for (const tensor of tensors) {
    if (tensor.isConstant)
      bytes += Math.ceil(tensorBytes(tensor) / BUFFER_ALIGNMENT_BYTES) * BUFFER_ALIGNMENT_BYTES;
  }
  return bytes;
}
