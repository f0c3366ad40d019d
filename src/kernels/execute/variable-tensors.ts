import type { Graph, Tensor } from '../../models/graph/graph.ts';
import type { TensorData } from '../definition/kernel.ts';

/** Variable tensors that a node touches, by index: states that are kept from run to run. */
export function variableTensors({ tensors, nodes }: Graph): Set<number> {
  const used = nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  return new Set(used.filter((tensor) => tensors[tensor]?.isVariable === true));
}

/** What a state holds before the first run: the bytes of an int8 zero point, zeros of any other type (micro_interpreter.cc). */
function initialValue({ dtype, quantization }: Tensor): number {
  return dtype === 'int8' ? (quantization?.zeroPoints[0] ?? 0) : 0;
}

/** Puts a state back to what it holds before the first run. */
export function resetVariable(tensor: Tensor, array: TensorData): void {
  if (array instanceof BigInt64Array || array instanceof BigUint64Array) array.fill(0n);
  else array.fill(initialValue(tensor));
}
