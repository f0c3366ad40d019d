import { convGeometry } from '../../models/formats/kmodel/conv-body.ts';
import {
  KPU_ADD_PADDING,
  KPU_CONV,
  KPU_REMOVE_PADDING,
  KPU_UPLOAD,
  type KmodelLayer,
  type LayerName,
  type LayerOf,
} from '../../models/formats/kmodel/layers.ts';
import { denseWeightBytes } from './kmodel-bytes.ts';
import { elementsOf, type MapShape, type NccLayer } from './ncc-network.ts';

/** What a layer of the file is to the toolchain. */
export type LayerFacts = Omit<NccLayer, 'inputs' | 'node' | 'placement' | 'tensor'>;

/** A layer with the maps that it reads, the first first. */
interface Site<N extends LayerName> {
  readonly layer: LayerOf<N>;
  readonly input: MapShape;
  readonly inputs: readonly MapShape[];
  readonly weightBits: 8 | 16;
}

type Describe<N extends LayerName> = (site: Site<N>) => LayerFacts;

/** The input's maps where a layer that only counts elements keeps them, else a vector. */
function mapsOf(input: MapShape, count: number): MapShape {
  return elementsOf(input) === count ? input : vector(count);
}

const vector = (c: number): MapShape => ({ h: 1, w: 1, c });

type Pool = 'MaxPool2d' | 'AveragePool2d' | 'QuantizedMaxPool2d';

function describePool(type: Pool) {
  return ({ layer }: Site<Pool>): LayerFacts => ({
    type,
    shape: { h: layer.out_height, w: layer.out_width, c: layer.out_channels },
    taps: layer.kernel_width * layer.kernel_height,
  });
}

function describeRow(type: 'Softmax' | 'Logistic' | 'L2Normalization') {
  return ({ layer, input }: Site<'Softmax' | 'Logistic' | 'L2Normalization'>): LayerFacts => ({
    type,
    shape: mapsOf(input, layer.channels),
  });
}

type Resize = 'ResizeNearestNeighbor' | 'QuantizedResizeNearestNeighbor';

function describeResize(type: Resize) {
  return ({ layer }: Site<Resize>): LayerFacts => ({
    type,
    shape: { h: layer.out_height, w: layer.out_width, c: layer.channels },
  });
}

/** By the number in the file. */
const DENSE_ACTIVATIONS = ['NONE', 'RELU', 'RELU6'];

/** One line a type. */
const DESCRIBE: { readonly [N in LayerName]: Describe<N> } = {
  Add: ({ layer, input }) => ({ type: 'Add', shape: mapsOf(input, layer.count) }),
  QuantizedAdd: ({ layer, input }) => ({ type: 'QuantizedAdd', shape: mapsOf(input, layer.count) }),
  GlobalAveragePool2d: ({ layer }) => ({
    type: 'GlobalAveragePool2d',
    shape: vector(layer.channels),
    taps: layer.kernel_size,
  }),
  MaxPool2d: describePool('MaxPool2d'),
  AveragePool2d: describePool('AveragePool2d'),
  QuantizedMaxPool2d: describePool('QuantizedMaxPool2d'),
  Quantize: ({ layer, input }) => ({ type: 'Quantize', shape: mapsOf(input, layer.count) }),
  Dequantize: ({ layer, input }) => ({ type: 'Dequantize', shape: mapsOf(input, layer.count) }),
  Requantize: ({ layer, input }) => ({ type: 'Requantize', shape: mapsOf(input, layer.count) }),
  ChannelwiseDequantize: ({ layer, input }) => ({
    type: 'Dequantize',
    shape: mapsOf(input, layer.channels * layer.channel_size),
  }),
  L2Normalization: describeRow('L2Normalization'),
  Softmax: describeRow('Softmax'),
  Logistic: describeRow('Logistic'),
  Concat: ({ layer, inputs }) => ({ type: 'Concat', shape: joined(layer, inputs, 4) }),
  QuantizedConcat: ({ layer, inputs }) => ({ type: 'QuantizedConcat', shape: joined(layer, inputs, 1) }),
  FullyConnected: ({ layer: { in_channels, out_channels, act } }) => ({
    type: 'FullyConnected',
    shape: vector(out_channels),
    weightBytes: denseWeightBytes(in_channels, out_channels),
    ...(act > 0 ? { activation: DENSE_ACTIVATIONS[act] ?? `activation ${act}` } : {}),
  }),
  TensorflowFlatten: ({ layer }) => ({
    type: 'TensorflowFlatten',
    shape: vector(layer.width * layer.height * layer.channels),
  }),
  ResizeNearestNeighbor: describeResize('ResizeNearestNeighbor'),
  QuantizedResizeNearestNeighbor: describeResize('QuantizedResizeNearestNeighbor'),
  [KPU_CONV]: ({ layer, weightBits }) => describeConv(layer, weightBits),
  [KPU_ADD_PADDING]: ({ layer }) => ({ type: KPU_ADD_PADDING, shape: { h: 4, w: 4, c: layer.channels } }),
  [KPU_REMOVE_PADDING]: ({ layer }) => ({ type: KPU_REMOVE_PADDING, shape: vector(layer.channels) }),
  [KPU_UPLOAD]: ({ layer }) => ({
    type: KPU_UPLOAD,
    shape: { h: layer.height, w: layer.width, c: layer.channels },
  }),
};

/** Channels of all inputs, pixel by pixel; a vector where their maps differ. */
function joined(
  { tail }: LayerOf<'Concat' | 'QuantizedConcat'>,
  inputs: readonly MapShape[],
  elementBytes: number,
): MapShape {
  const [first = vector(0)] = inputs;
  const channels = inputs.reduce((sum, { c }) => sum + c, 0);
  if (inputs.every(({ h, w }) => h === first.h && w === first.w)) return { ...first, c: channels };
  return vector(tail.reduce((sum, { bytes }) => sum + bytes / elementBytes, 0));
}

function describeConv({ tail }: LayerOf<typeof KPU_CONV>, weightBits: 8 | 16): LayerFacts {
  const geometry = convGeometry(tail.words);
  return {
    type: KPU_CONV,
    shape: { h: geometry.outH, w: geometry.outW, c: geometry.outC },
    kpu: { ...geometry, weightBits },
  };
}

/** Type, maps and counts of a layer of the file, `inputs` being the maps that it reads. */
export function describeLayer(
  layer: KmodelLayer,
  inputs: readonly MapShape[],
  weightBits: 8 | 16,
): LayerFacts {
  const describe = DESCRIBE[layer.type] as Describe<LayerName>;
  const input = inputs[0] ?? vector(0);
  return describe({ layer: layer, input, inputs, weightBits });
}

/** The maps that a network takes, by its first layer. */
export function inputShape(first: KmodelLayer): MapShape {
  switch (first.type) {
    case KPU_CONV: {
      const { inH, inW, inC } = convGeometry(first.tail.words);
      return { h: inH, w: inW, c: inC };
    }
    case KPU_UPLOAD:
      return { h: first.height, w: first.width, c: first.channels };
    case 'FullyConnected':
      return vector(first.in_channels);
    case 'TensorflowFlatten':
      return { h: first.height, w: first.width, c: first.channels };
    case 'Quantize':
    case 'Dequantize':
    case 'Requantize':
      return vector(first.count);
    case 'MaxPool2d':
    case 'AveragePool2d':
    case 'QuantizedMaxPool2d':
      return { h: first.in_height, w: first.in_width, c: first.in_channels };
    case 'GlobalAveragePool2d':
      return vector(first.channels * first.kernel_size);
    default:
      return vector('channels' in first ? first.channels : 'count' in first ? first.count : 0);
  }
}
