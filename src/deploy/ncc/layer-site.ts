import { UnsupportedOpError } from '../../errors.ts';
import type {
  ElementwiseAttributes,
  Pool2dAttributes,
  ResizeAttributes,
} from '../../models/graph/attributes.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import type { MemoryRange } from '../../models/formats/kmodel/tails.ts';
import { paddingAmount } from '../../models/graph/shapes.ts';
import { floatConstant } from './float-constants.ts';
import { elementsOf, outputBytes, type NccLayer } from './ncc-network.ts';
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
  /** Of the bytes of each input; empty where the layer's type needs none. */
  readonly inputParams: readonly QuantParam[];
}

export const ACTIVATIONS: Readonly<Record<string, number>> = { NONE: 0, RELU: 1, RELU6: 2 };
const BLOCK_BYTES = 8;

export const nodeOf = ({ graph, layer }: LayerSite): GraphNode => graph.nodes[layer.node!];
export const whereOf = (site: LayerSite): string => `op ${site.layer.node} (${nodeOf(site).op})`;

/** Addresses of a layer with one input. */
export function io({ inputAddresses, outputAddress }: LayerSite): {
  readonly main_mem_in_address: number;
  readonly main_mem_out_address: number;
} {
  return { main_mem_in_address: inputAddresses[0], main_mem_out_address: outputAddress };
}

export function scalingOf({ scale, bias }: QuantParam): { readonly scale: number; readonly bias: number } {
  return { scale: Math.fround(1 / scale), bias: Math.fround(bias / scale) };
}

export function refuse(site: LayerSite, why: string): never {
  throw new UnsupportedOpError(`${whereOf(site)} on unit "core": ${why}`);
}

/** Of a map the last dimension alone: the tool's layers know vectors only. */
export function channelsOf({ layer }: LayerSite): { readonly channels: number } {
  return { channels: layer.shape.c };
}

export function biasOf(site: LayerSite, outputs: number): Float32Array {
  const tensor = nodeOf(site).inputs[2] ?? -1;
  return tensor < 0 ? new Float32Array(outputs) : floatConstant(site.graph, tensor, whereOf(site));
}

export function sumFields({ inputAddresses, outputAddress: main_mem_out_address, layer }: LayerSite) {
  const [main_mem_in_a_address, main_mem_in_b_address] = inputAddresses as [number, number];
  return {
    ...{ main_mem_in_a_address, main_mem_in_b_address, main_mem_out_address },
    count: elementsOf(layer.shape),
  };
}

/** The bytes of a range are those of the block that holds it, padding included: rc5 copies that much. */
export function rangesOf({ inputs, inputAddresses, outputAddress: main_mem_out_address }: LayerSite) {
  const tail = inputs.map((layer, index): MemoryRange => ({
    start: inputAddresses[index],
    bytes: Math.ceil(outputBytes(layer) / BLOCK_BYTES) * BLOCK_BYTES,
  }));
  return { main_mem_out_address, tail };
}

export function poolFields(site: LayerSite) {
  const pool = nodeOf(site).attributes as Pool2dAttributes;
  const [input, output] = [site.inputs[0].shape, site.layer.shape];
  return {
    ...{ in_width: input.w, in_height: input.h, in_channels: input.c },
    ...{ out_width: output.w, out_height: output.h, out_channels: output.c },
    ...{ kernel_width: pool.filterW, kernel_height: pool.filterH },
    ...{ stride_width: pool.strideW, stride_height: pool.strideH },
    padding_width: paddingAmount(input.w, pool.filterW, pool.strideW, 1, output.w).before,
    padding_height: paddingAmount(input.h, pool.filterH, pool.strideH, 1, output.h).before,
  };
}

export function activationOf(site: LayerSite): number {
  const { activation } = nodeOf(site).attributes as ElementwiseAttributes;
  return ACTIVATIONS[activation] ?? refuse(site, `kmodel v3 has no pool with ${activation}`);
}

export function resizeFields(site: LayerSite) {
  const { h: in_height, w: in_width, c: channels } = site.inputs[0].shape;
  const { h: out_height, w: out_width } = site.layer.shape;
  const align_corners = (nodeOf(site).attributes as ResizeAttributes).alignCorners ? 1 : 0;
  return { in_width, in_height, channels, out_width, out_height, align_corners };
}
