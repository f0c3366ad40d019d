import { UnsupportedOpError } from '../../errors.ts';
import type {
  ElementwiseAttributes,
  Pool2dAttributes,
  ResizeAttributes,
} from '../../models/graph/attributes.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import type { KmodelLayer } from '../../models/formats/kmodel/layers.ts';
import { paddingAmount } from '../../models/graph/shapes.ts';
import { floatConstant } from './float-constants.ts';
import { elementsOf, type NccLayer, type NccLayerType } from './ncc-network.ts';
import type { QuantParam } from './quantizer.ts';

/** A layer of the lowered network on its way into the file. */
export interface LayerSite {
  readonly graph: Graph;
  readonly layer: NccLayer;
  readonly inputs: readonly NccLayer[];
  /** Main memory of each input and of the result, in bytes. */
  readonly inputAddresses: readonly number[];
  readonly outputAddress: number;
  /** Line of KPU memory of the result. */
  readonly outputLine: number;
  /** Of the bytes that it reads or writes; one, or one a channel. */
  readonly params: readonly QuantParam[];
}

const IN_MAIN = 1;
const ACTIVATIONS: Readonly<Record<string, number>> = { NONE: 0, RELU: 1, RELU6: 2 };
const FLOAT_BYTES = 4;

const nodeOf = ({ graph, layer }: LayerSite): GraphNode => graph.nodes[layer.node!];
const whereOf = (site: LayerSite): string => `op ${site.layer.node} (${nodeOf(site).op})`;

/** Addresses of a layer with one input. */
function io({ inputAddresses, outputAddress }: LayerSite): {
  readonly main_mem_in_address: number;
  readonly main_mem_out_address: number;
} {
  return { main_mem_in_address: inputAddresses[0], main_mem_out_address: outputAddress };
}

function scalingOf({ scale, bias }: QuantParam): { readonly scale: number; readonly bias: number } {
  return { scale: Math.fround(1 / scale), bias: Math.fround(bias / scale) };
}

function refuse(site: LayerSite, why: string): never {
  throw new UnsupportedOpError(`${whereOf(site)} on unit "core": ${why}`);
}

type Writer = (site: LayerSite) => KmodelLayer;

/**
 * One line a type that is written without the KPU's tables; flags as ncc 0.1 sets them
 * (docs/hardware/k210.md#layer-types).
 */
const WRITERS: Readonly<Record<Exclude<NccLayerType, 'Input' | 'K210Conv'>, Writer>> = {
  Add: (site) => {
    const { activation } = nodeOf(site).attributes as ElementwiseAttributes;
    if (activation !== 'NONE')
      refuse(site, `kmodel v3's Add has no ${activation}; put it behind a convolution`);
    const [main_mem_in_a_address, main_mem_in_b_address] = site.inputAddresses as [number, number];
    const addresses = {
      main_mem_in_a_address,
      main_mem_in_b_address,
      main_mem_out_address: site.outputAddress,
    };
    return { type: 'Add', flags: IN_MAIN, ...addresses, count: elementsOf(site.layer.shape) };
  },
  GlobalAveragePool2d: (site) => {
    const { h, w, c } = site.inputs[0].shape;
    return { type: 'GlobalAveragePool2d', flags: IN_MAIN, ...io(site), kernel_size: h * w, channels: c };
  },
  MaxPool2d: (site) => ({ type: 'MaxPool2d', flags: IN_MAIN, ...io(site), ...poolFields(site) }),
  AveragePool2d: (site) => ({ type: 'AveragePool2d', flags: IN_MAIN, ...io(site), ...poolFields(site) }),
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
  Concat: (site) => ({
    ...{ type: 'Concat', flags: IN_MAIN, main_mem_out_address: site.outputAddress },
    tail: site.inputs.map(({ shape }, index) => ({
      start: site.inputAddresses[index],
      bytes: FLOAT_BYTES * elementsOf(shape),
    })),
  }),
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
  ResizeNearestNeighbor: (site) => {
    const { h: in_height, w: in_width, c: channels } = site.inputs[0].shape;
    const { h: out_height, w: out_width } = site.layer.shape;
    const align_corners = (nodeOf(site).attributes as ResizeAttributes).alignCorners ? 1 : 0;
    const shape = { in_width, in_height, channels, out_width, out_height, align_corners };
    return { type: 'ResizeNearestNeighbor', flags: IN_MAIN, ...io(site), ...shape };
  },
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

function channelsOf({ layer }: LayerSite): { readonly channels: number } {
  return { channels: elementsOf(layer.shape) };
}

function poolFields(site: LayerSite) {
  const pool = nodeOf(site).attributes as Pool2dAttributes;
  const [input, output] = [site.inputs[0].shape, site.layer.shape];
  return {
    ...{ in_width: input.w, in_height: input.h, in_channels: input.c },
    ...{ out_width: output.w, out_height: output.h, out_channels: output.c },
    ...{ kernel_width: pool.filterW, kernel_height: pool.filterH },
    ...{ stride_width: pool.strideW, stride_height: pool.strideH },
    padding_width: paddingAmount(input.w, pool.filterW, pool.strideW, 1, output.w).before,
    padding_height: paddingAmount(input.h, pool.filterH, pool.strideH, 1, output.h).before,
    act: ACTIVATIONS[pool.activation] ?? refuse(site, `kmodel v3 has no pool with ${pool.activation}`),
  };
}

function biasOf(site: LayerSite, outputs: number): Float32Array {
  const tensor = nodeOf(site).inputs[2] ?? -1;
  return tensor < 0 ? new Float32Array(outputs) : floatConstant(site.graph, tensor, whereOf(site));
}

/** The file's layer. Throws an UnsupportedOpError for one that kmodel v3 lacks, a SpecError for weights without values. */
export function fileLayer(site: LayerSite): KmodelLayer {
  return WRITERS[site.layer.type as keyof typeof WRITERS](site);
}
