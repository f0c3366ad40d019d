import { expect } from 'vitest';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import type { NumericData } from '../../src/kernels/definition/kernel.ts';
import { elementCount, type Graph } from '../../src/models/graph/graph.ts';
import { drawInput, drawIntegers } from './one-op.ts';

/** Inputs of a graph from a seed: integers over their whole range, float32 between -3.3 and 3.3. */
export function drawInputs(graph: Graph, seed: number): NumericData[] {
  return graph.inputs.map((index) => {
    const { shape, dtype } = graph.tensors[index];
    if (dtype !== 'float32') return drawInput(seed + index, { shape, dtype });
    return Float32Array.from(
      drawIntegers(seed + index, elementCount(shape), 'int16'),
      (value) => value / 9999,
    );
  });
}

/** Bits of the first output, so that a zero with the other sign is a difference. */
export function outputBytes(graph: Graph, inputs: readonly NumericData[], fast: boolean): Uint8Array {
  const [out] = createExecutor(graph, { fast }).run(inputs);
  return new Uint8Array(out.buffer, out.byteOffset, out.byteLength).slice();
}

/** Fails where the kernels in WebAssembly and the plain loops differ in a bit. */
export function expectSameBytes(graph: Graph, inputs: readonly NumericData[]): void {
  expect(outputBytes(graph, inputs, true)).toEqual(outputBytes(graph, inputs, false));
}
