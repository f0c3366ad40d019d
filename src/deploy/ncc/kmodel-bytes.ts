import { kpuLoads } from '../../models/formats/kmodel/kpu-layout.ts';
import { elementsOf, isWritten, type NccLayer, type NccLayerType, type NccNetwork } from './ncc-network.ts';

/**
 * Fields of 4 bytes in a layer's body, flags included (docs/hardware/k210.md#layer-types); a float convolution as
 * nncase 0.2 has it.
 */
const BODY_FIELDS: Readonly<Partial<Record<NccLayerType, number>>> = {
  Add: 5,
  QuantizedAdd: 14,
  QuantizedMaxPool2d: 15,
  QuantizedResizeNearestNeighbor: 9,
  Requantize: 4,
  GlobalAveragePool2d: 5,
  MaxPool2d: 16,
  AveragePool2d: 16,
  Quantize: 6,
  Dequantize: 6,
  L2Normalization: 4,
  Softmax: 4,
  FullyConnected: 6,
  TensorflowFlatten: 6,
  ResizeNearestNeighbor: 9,
  Logistic: 4,
  K210Conv: 6,
  K210AddPadding: 4,
  K210RemovePadding: 4,
  K210Upload: 6,
  FloatConv2d: 16,
};

const REQUANTIZE_TABLE_BYTES = 256;
const HEADER_BYTES = 28;
const OUTPUT_BYTES = 8;
const LAYER_HEADER_BYTES = 8;
const LAYER_WORDS_BYTES = 96;
const BATCH_NORM_BYTES = 8;
const ACTIVATION_BYTES = 144;

const alignTo = (bytes: number, alignment: number): number => Math.ceil(bytes / alignment) * alignment;

/** File position after a K210Conv body that starts at `start`: layer words, weights, batch norm, activation table. */
function endOfConv(start: number, layer: NccLayer): number {
  const words = alignTo(start + 4 * BODY_FIELDS.K210Conv!, 8);
  const weights = alignTo(words + LAYER_WORDS_BYTES, 128);
  const batchNorm = alignTo(weights + kpuLoads(layer.kpu!).weightBytes, 128);
  const activation = alignTo(batchNorm + BATCH_NORM_BYTES * layer.shape.c, 256);
  return activation + ACTIVATION_BYTES;
}

function tableBytes({ type, weightBytes = 0 }: NccLayer): number {
  return type === 'Requantize' ? REQUANTIZE_TABLE_BYTES : weightBytes;
}

function endOfBody(start: number, layer: NccLayer): number {
  if (layer.type === 'K210Conv') return endOfConv(start, layer);
  if (layer.type === 'Concat' || layer.type === 'QuantizedConcat')
    return start + 4 * (3 + 2 * layer.inputs.length);
  return start + 4 * BODY_FIELDS[layer.type]! + tableBytes(layer);
}

export interface KmodelBytes {
  /** Of each body in order, its padding included. */
  readonly bodies: readonly number[];
  /** Header and bodies. The file on disk may lack the padding of the last body. */
  readonly total: number;
}

/** Bytes of the kmodel v3 that ncc 0.1 writes for this network. */
export function kmodelBytes({ layers, outputs }: NccNetwork): KmodelBytes {
  const written = layers.filter(isWritten);
  let position = HEADER_BYTES + OUTPUT_BYTES * outputs.length + LAYER_HEADER_BYTES * written.length;
  const bodies = written.map((layer) => {
    const start = position;
    position = alignTo(endOfBody(start, layer), 8);
    return position - start;
  });
  return { bodies, total: position };
}

/** Bytes of float32 weights and bias of a fully connected layer. */
export function denseWeightBytes(inputs: number, outputs: number): number {
  return 4 * (inputs * outputs + outputs);
}

/** Bytes that the SDK's runtime takes from the heap while a fully connected layer runs: a copy of its weights. */
export function heapCopyBytes({ layers }: NccNetwork): number {
  let most = 0;
  for (const { type, inputs, shape } of layers) {
    if (type !== 'FullyConnected') continue;
    most = Math.max(most, denseWeightBytes(elementsOf(layers[inputs[0]].shape), shape.c));
  }
  return most;
}
