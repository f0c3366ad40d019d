import type { KpuLayer, Reason } from '../program.ts';

/**
 * Layer types of kmodel v3 (docs/hardware/k210.md#layer-types), the network's input, concatenations whose inputs are
 * written in place and, outside the format, float convolutions.
 */
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
  | 'QuantizedAdd'
  | 'QuantizedMaxPool2d'
  | 'QuantizedConcat'
  | 'QuantizedResizeNearestNeighbor'
  | 'Requantize'
  | 'ExclusiveConcat'
  | 'QuantizedExclusiveConcat'
  | V4LayerType
  | 'K210Conv'
  | 'K210AddPadding'
  | 'K210RemovePadding'
  | 'K210Upload'
  | 'FloatConv2d';

/** Nodes of kmodel v4 that v3 has no layer for, by nncase's names. */
export type V4LayerType =
  | 'Binary'
  | 'Conv2D'
  | 'MatMul'
  | 'Pad'
  | 'Reduce'
  | 'ReduceWindow2D'
  | 'MemoryCopy'
  | 'ResizeImage'
  | 'Transpose'
  | 'StridedSlice'
  | 'Unary'
  | 'QuantizedConv2D'
  | 'QuantizedMatMul'
  | 'QuantizedBinary'
  | 'TableLookup1D'
  | 'Conv2DTranspose'
  | 'NnilUnaryMethod';

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
  /** Graph tensor whose range the layer's bytes have, where that is not the one that they hold. */
  readonly rangeTensor?: number;
  readonly placement: Reason;
  readonly kpu?: KpuLayer;
  /** Bytes of an element of the result, where they do not follow from the type. */
  readonly elementBytes?: number;
  /** Inputs summed or compared, or instructions run, per element of the result. */
  readonly taps?: number;
  /** Other work per element of the result, by the name of its count: windows placed, functions called. */
  readonly perElement?: Readonly<Record<string, number>>;
  /** Of a float Dense that has one: "RELU" or "RELU6". */
  readonly activation?: string;
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

/** Layers that the file does not hold: the plan of the memory is all that there is of them. */
const UNWRITTEN: ReadonlySet<NccLayerType> = new Set<NccLayerType>([
  'Input',
  'ExclusiveConcat',
  'QuantizedExclusiveConcat',
]);

export function isWritten({ type }: { readonly type: NccLayerType }): boolean {
  return !UNWRITTEN.has(type);
}

/** A concatenation whose inputs lie in its own block of memory. */
export function isJoinedInPlace({ type }: { readonly type: NccLayerType }): boolean {
  return type === 'ExclusiveConcat' || type === 'QuantizedExclusiveConcat';
}

const BYTE_LAYERS: ReadonlySet<NccLayerType> = new Set<NccLayerType>([
  'K210Conv',
  'K210AddPadding',
  'K210RemovePadding',
  'K210Upload',
  'Quantize',
  'QuantizedAdd',
  'QuantizedMaxPool2d',
  'QuantizedConcat',
  'QuantizedResizeNearestNeighbor',
  'Requantize',
  'QuantizedExclusiveConcat',
]);

/** Bytes of the layer's result in main memory: one an element for quantized maps, else float32. */
export function outputBytes({
  type,
  shape,
  elementBytes = BYTE_LAYERS.has(type) ? 1 : 4,
}: Pick<NccLayer, 'type' | 'shape' | 'elementBytes'>): number {
  return elementsOf(shape) * elementBytes;
}

/** Positions of the layers that read each layer, in list order; a network output counts as reader -1, last. */
export function readersOf({ layers, outputs }: NccNetwork): number[][] {
  const readers = new Array<number[] | undefined>(layers.length).fill(undefined);
  for (let position = 0; position < layers.length; position++)
    for (const input of layers[position].inputs) addReader(readers, input, position);
  for (const output of outputs) addReader(readers, output, -1);
  for (let position = 0; position < readers.length; position++) readers[position] ??= [];
  return readers as number[][];
}

/** Most values have one reader: a list that is made with it takes a fourth of one that is made empty and grows. */
export function addReader(readers: (number[] | undefined)[], value: number, reader: number): void {
  const known = readers[value];
  if (known === undefined) readers[value] = [reader];
  else known.push(reader);
}

function isCounting(order: readonly number[]): boolean {
  for (let position = 0; position < order.length; position++) if (order[position] !== position) return false;
  return true;
}

/** The network with its layers depth first from the outputs, inputs before their reader, unread layers left out. */
export function inKmodelOrder({ layers, outputs }: NccNetwork): NccNetwork {
  const positions = layers.map(() => -1);
  const order: number[] = [];
  // A layer comes twice: as it is, and as its complement when all of its inputs have a position.
  const pending = [...outputs].reverse();
  while (pending.length > 0) {
    const next = pending.pop()!;
    const layer = next < 0 ? ~next : next;
    if (positions[layer] >= 0) continue;
    if (next < 0) {
      positions[layer] = order.push(layer) - 1;
      continue;
    }
    pending.push(~layer);
    const { inputs } = layers[layer];
    for (let at = inputs.length - 1; at >= 0; at--) pending.push(inputs[at]);
  }
  // Mostly the layers lie in this order already, and sweeps live here.
  if (order.length === layers.length && isCounting(order)) return { layers, outputs };
  const moved = (layer: number): number => positions[layer];
  return {
    layers: order.map((layer) => ({ ...layers[layer], inputs: layers[layer].inputs.map(moved) })),
    outputs: outputs.map(moved),
  };
}
