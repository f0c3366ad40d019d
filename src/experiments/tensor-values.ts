import type { MapShape } from '../deploy/ncc/ncc-network.ts';
import type { NumericData } from '../kernels/definition/kernel.ts';
import { firstInput } from '../models/graph/ends.ts';
import type { Graph, Tensor } from '../models/graph/graph.ts';
import type { Image } from '../pictures/image.ts';
import { executorOf, pictureValues } from './picture-executor.ts';

/** Elements of a tensor as they are stored, with what makes real values of them. */
export interface TensorValues {
  readonly name: string;
  readonly dtype: string;
  /** Height, width and channels; a list is one row. */
  readonly shape: MapShape;
  /** Whether the channels of a pixel lie together, or each channel by itself. */
  readonly order: 'pixels' | 'maps';
  readonly stored: NumericData | Float64Array;
  /** A real value is `scale * (stored - zeroPoint)`; absent where the stored value is the real one or no scale is known. */
  readonly scaling?: { readonly scale: number; readonly zeroPoint: number };
}

/** Place of an element in `stored`. */
export function elementAt({ shape, order }: TensorValues, y: number, x: number, channel: number): number {
  const { h, w, c } = shape;
  return order === 'pixels' ? (y * w + x) * c + channel : (channel * h + y) * w + x;
}

/** The real value of a stored one; undefined for bytes whose scale is not known. */
export function realValue({ dtype, scaling }: TensorValues, stored: number): number | undefined {
  if (scaling) return scaling.scale * (stored - scaling.zeroPoint);
  return dtype === 'float32' ? stored : undefined;
}

/** Maps of h x w x c; what has none is a row. */
export function mapsOf(shape: readonly number[]): MapShape {
  const [, h = 1, w = 1, c = 1] = shape;
  if (shape.length === 4 && h * w > 1) return { h, w, c };
  return { h: 1, w: shape.reduce((product, count) => product * count, 1), c: 1 };
}

function valuesOf(
  { name, dtype, shape, quantization }: Tensor,
  data: ArrayLike<number | bigint>,
): TensorValues {
  const [scale, zeroPoint] = [quantization?.scales[0], quantization?.zeroPoints[0]];
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return {
    ...{ name, dtype, shape: mapsOf(shape), order: 'pixels' },
    stored: isBig ? Float64Array.from(data, Number) : (data as NumericData).slice(),
    ...(scale !== undefined && { scaling: { scale, zeroPoint: zeroPoint ?? 0 } }),
  };
}

/**
 * The result of a node of a graph that is run on a picture; the input where `node` is null. Throws a SpecError where the
 * graph takes no picture, has no weights or is too large.
 */
export function graphTensor(graph: Graph, picture: Image, node: number | null): TensorValues {
  const input = pictureValues(graph, picture);
  if (node === null) return valuesOf(firstInput(graph), input);
  const executor = executorOf(graph);
  const index = graph.nodes[node]!.outputs[0]!;
  let found: TensorValues | undefined;
  executor.run([input], (done) => {
    if (done === node) found = valuesOf(graph.tensors[index]!, executor.tensor(index));
  });
  return found!;
}
