import type { KpuLayer, Reason } from '../program.ts';

/** Layer types of kmodel v3 (k210.md section 8), the network's input and, outside the format, float convolutions. */
export type NccLayerType =
  | 'Input'
  | 'Add'
  | 'GlobalAveragePool2d'
  | 'MaxPool2d'
  | 'AveragePool2d'
  | 'Quantize'
  | 'Dequantize'
  | 'L2Normalization'
  | 'Softmax'
  | 'Concat'
  | 'FullyConnected'
  | 'TensorflowFlatten'
  | 'ResizeNearestNeighbor'
  | 'Logistic'
  | 'K210Conv'
  | 'K210AddPadding'
  | 'K210RemovePadding'
  | 'K210Upload'
  | 'FloatConv2d';

/** Maps of one image; a flat vector is 1 x 1 x c. */
export interface MapShape {
  readonly h: number;
  readonly w: number;
  readonly c: number;
}

/** A layer of the lowered network; `inputs` are positions in the list that holds it. */
export interface NccLayer {
  readonly type: NccLayerType;
  readonly inputs: readonly number[];
  /** Output shape. */
  readonly shape: MapShape;
  /** Index of the graph's node that it comes from; null for the input. */
  readonly node: number | null;
  /** Graph tensor whose values the layer's result is, as float32 or as bytes; absent where its input's values are kept. */
  readonly tensor?: number;
  readonly placement: Reason;
  readonly kpu?: KpuLayer;
  /** Inputs summed or compared per output of a pool. */
  readonly taps?: number;
  /** Bytes of float32 weights and bias in the layer's body. */
  readonly weightBytes?: number;
}

/** The lowered network in the kmodel's order, depth first from the outputs; `outputs` are positions in `layers`. */
export interface NccNetwork {
  readonly layers: readonly NccLayer[];
  readonly outputs: readonly number[];
}

export function elementsOf({ h, w, c }: MapShape): number {
  return h * w * c;
}

const BYTE_LAYERS: ReadonlySet<NccLayerType> = new Set<NccLayerType>([
  'K210Conv',
  'K210AddPadding',
  'K210RemovePadding',
  'K210Upload',
  'Quantize',
]);

/** Bytes of the layer's result in main memory: one an element for quantized maps, else float32. */
export function outputBytes({ type, shape }: Pick<NccLayer, 'type' | 'shape'>): number {
  return elementsOf(shape) * (BYTE_LAYERS.has(type) ? 1 : 4);
}

/** Positions of the layers that read each layer, in list order; a network output counts as reader -1, last. */
export function readersOf({ layers, outputs }: NccNetwork): number[][] {
  const readers: number[][] = layers.map(() => []);
  layers.forEach((layer, position) => layer.inputs.forEach((input) => readers[input]!.push(position)));
  outputs.forEach((output) => readers[output]!.push(-1));
  return readers;
}

/** The network with its layers depth first from the outputs, inputs before their reader, unread layers left out. */
export function inKmodelOrder({ layers, outputs }: NccNetwork): NccNetwork {
  const positions = new Map<number, number>();
  const pending = [...outputs].reverse().map((old) => ({ old, isReady: false }));
  while (pending.length > 0) {
    const { old, isReady } = pending.pop()!;
    if (positions.has(old)) continue;
    if (isReady) {
      positions.set(old, positions.size);
      continue;
    }
    pending.push({ old, isReady: true });
    for (const input of [...layers[old]!.inputs].reverse()) pending.push({ old: input, isReady: false });
  }
  // Mostly the layers lie in this order already, and sweeps live here.
  if (positions.size === layers.length && layers.every((_, old) => positions.get(old) === old))
    return { layers, outputs };
  const moved = (old: number): number => positions.get(old)!;
  const ordered = [...positions.keys()].map((old) => layers[old]!);
  return {
    layers: ordered.map((layer) => ({ ...layer, inputs: layer.inputs.map(moved) })),
    outputs: outputs.map(moved),
  };
}
