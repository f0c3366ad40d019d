import { SpecError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';

/** Values of a constant tensor in float32. Throws a SpecError where it has none or is of another type. */
export function floatConstant(graph: Graph, tensor: number, where: string): Float32Array {
  const { name, dtype, data } = graph.tensors[tensor];
  if (dtype !== 'float32') {
    throw new SpecError(
      `${where}: ${name} is ${dtype}, and ncc 0.1 converts float32 models only; pass the float32 model`,
    );
  }
  if (!data) {
    throw new SpecError(
      `${where}: the values of ${name} are unknown (a spec gives shapes only); train it or pass a .tflite`,
    );
  }
  return new Float32Array(data.slice().buffer);
}

/** [out][y][x][in] (TFLite) as [out][in][y][x]; depthwise [1][y][x][c] as [c][y][x]. */
export function planarWeights(
  weights: Float32Array,
  shape: readonly number[],
  depthwise: boolean,
): Float32Array {
  const [outer, height, width, inner] = shape as readonly [number, number, number, number];
  const pixels = height * width;
  const planar = new Float32Array(weights.length);
  for (let o = 0; o < outer; o++) {
    for (let p = 0; p < pixels; p++) {
      for (let i = 0; i < inner; i++) {
        const to = depthwise ? i * pixels + p : (o * inner + i) * pixels + p;
        planar[to] = weights[(o * pixels + p) * inner + i]!;
      }
    }
  }
  return planar;
}
