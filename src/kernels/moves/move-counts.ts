import { elementCount, tensorBytes, type TensorInfo } from '../../models/graph/graph.ts';
import { elementCounts } from '../definition/dense-counts.ts';

/** Counts of an op that copies elements of its inputs to its outputs, `pieces` contiguous runs at a time. */
export function moveCounts(
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
  pieces = 1,
): Record<string, number> {
  const total = (tensors: readonly TensorInfo[], of: (tensor: TensorInfo) => number) =>
    tensors.reduce((sum, tensor) => sum + of(tensor), 0);
  const elements = (tensor: TensorInfo) => elementCount(tensor.shape);
  const sizes = {
    inputElements: total(inputs, elements),
    inputBytes: total(inputs, tensorBytes),
    outputElements: total(outputs, elements),
    outputBytes: total(outputs, tensorBytes),
    operands: Math.max(inputs.length, outputs.length),
  };
  const { shape } = outputs[0] ?? { shape: [] };
  return {
    ...elementCounts(sizes),
    pieces,
    innerRows: outputs.length * elementCount(shape.slice(0, -1)),
    innerPlanes: outputs.length * elementCount(shape.slice(0, -2)),
  };
}
