import type { ElementwiseAttributes } from '../../models/graph/attributes.ts';
import type { KmodelLayer } from '../../models/formats/kmodel/layers.ts';
import { floatConstant } from './float-constants.ts';
import {
  activationOf,
  ACTIVATIONS,
  biasOf,
  channelsOf,
  io,
  nodeOf,
  poolFields,
  rangesOf,
  refuse,
  resizeFields,
  scalingOf,
  sumFields,
  whereOf,
  type LayerSite,
} from './layer-site.ts';
import { elementsOf, type NccLayerType, type V4LayerType } from './ncc-network.ts';
import { addParameters, requantizeTable } from './quantized-parameters.ts';

const IN_MAIN = 1;

type Unwritten = 'Input' | 'ExclusiveConcat' | 'QuantizedExclusiveConcat' | V4LayerType;
type Writer = (site: LayerSite) => KmodelLayer;

/**
 * One line a type that is written without the KPU's tables; flags as ncc 0.1 sets them
 * (docs/hardware/k210.md#layer-types).
 */
const WRITERS: Readonly<Record<Exclude<NccLayerType, Unwritten | 'K210Conv'>, Writer>> = {
  Add: (site) => ({ type: 'Add', flags: IN_MAIN, ...sumFields(site) }),
  QuantizedAdd: (site) => ({
    ...{ type: 'QuantizedAdd', flags: IN_MAIN, ...sumFields(site) },
    ...addParameters(site.inputParams, site.params[0]),
  }),
  GlobalAveragePool2d: (site) => {
    const { h, w, c } = site.inputs[0].shape;
    return { type: 'GlobalAveragePool2d', flags: IN_MAIN, ...io(site), kernel_size: h * w, channels: c };
  },
  MaxPool2d: (site) => ({
    ...{ type: 'MaxPool2d', flags: IN_MAIN, ...io(site), ...poolFields(site), act: activationOf(site) },
  }),
  QuantizedMaxPool2d: (site) => ({
    ...{ type: 'QuantizedMaxPool2d', flags: IN_MAIN, ...io(site), ...poolFields(site) },
  }),
  AveragePool2d: (site) => ({
    ...{ type: 'AveragePool2d', flags: IN_MAIN, ...io(site), ...poolFields(site), act: activationOf(site) },
  }),
  Requantize: (site) => ({
    ...{ type: 'Requantize', flags: IN_MAIN, ...io(site), count: elementsOf(site.layer.shape) },
    tail: requantizeTable(site.inputParams[0], site.params[0]),
  }),
  Quantize: (site) => ({
    ...{ type: 'Quantize', flags: 0, ...io(site), count: elementsOf(site.layer.shape) },
    ...scalingOf(site.params[0]),
  }),
  Dequantize: (site) => {
    const { c } = site.layer.shape;
    const count = elementsOf(site.layer.shape);
    if (site.params.length === 1) {
      return { type: 'Dequantize', flags: IN_MAIN, ...io(site), count, ...scalingOf(site.params[0]) };
    }
    const fields = { channels: c, channel_size: count / c, tail: site.params.map(scalingOf) };
    return { type: 'ChannelwiseDequantize', flags: IN_MAIN, ...io(site), ...fields };
  },
  L2Normalization: (site) => ({ type: 'L2Normalization', flags: IN_MAIN, ...io(site), ...channelsOf(site) }),
  Softmax: (site) => ({ type: 'Softmax', flags: IN_MAIN, ...io(site), ...channelsOf(site) }),
  Logistic: (site) => ({ type: 'Logistic', flags: IN_MAIN, ...io(site), ...channelsOf(site) }),
  Concat: (site) => ({ type: 'Concat', flags: IN_MAIN, ...rangesOf(site) }),
  QuantizedConcat: (site) => ({ type: 'QuantizedConcat', flags: IN_MAIN, ...rangesOf(site) }),
  FullyConnected: (site) => {
    const { inputs, attributes } = nodeOf(site);
    const [in_channels, out_channels] = [elementsOf(site.inputs[0].shape), site.layer.shape.c];
    return {
      ...{ type: 'FullyConnected', flags: 0, ...io(site), in_channels, out_channels },
      act: ACTIVATIONS[(attributes as ElementwiseAttributes).activation],
      tail: {
        weights: floatConstant(site.graph, inputs[1], whereOf(site)),
        bias: biasOf(site, out_channels),
      },
    };
  },
  TensorflowFlatten: (site) => {
    const { h, w, c } = site.inputs[0].shape;
    return { type: 'TensorflowFlatten', flags: IN_MAIN, ...io(site), width: w, height: h, channels: c };
  },
  ResizeNearestNeighbor: (site) => ({
    type: 'ResizeNearestNeighbor',
    flags: 0,
    ...io(site),
    ...resizeFields(site),
  }),
  QuantizedResizeNearestNeighbor: (site) => ({
    ...{ type: 'QuantizedResizeNearestNeighbor', flags: 0, ...io(site), ...resizeFields(site) },
  }),
  K210AddPadding: (site) => ({
    ...{ type: 'K210AddPadding', flags: 0, main_mem_in_address: site.inputAddresses[0] },
    ...{ kpu_mem_out_address: site.outputLine, channels: site.layer.shape.c },
  }),
  K210RemovePadding: (site) => ({
    ...{ type: 'K210RemovePadding', flags: IN_MAIN, ...io(site), channels: site.layer.shape.c },
  }),
  K210Upload: (site) => {
    const { h: height, w: width, c: channels } = site.layer.shape;
    const lines = { main_mem_in_address: site.inputAddresses[0], kpu_mem_out_address: site.outputLine };
    return { type: 'K210Upload', flags: 0, ...lines, width, height, channels };
  },
  FloatConv2d: (site) =>
    refuse(
      site,
      `kmodel v3 has no convolution for the CPU, so ncc 0.1 refuses the model: ${site.layer.placement.reason}`,
    ),
};

/** The file's layer. Throws an UnsupportedOpError for one that kmodel v3 lacks, a SpecError for weights without values. */
export function fileLayer(site: LayerSite): KmodelLayer {
  return WRITERS[site.layer.type as keyof typeof WRITERS](site);
}
