import type { KpuLayer, Reason } from '../program.ts';
import { elementsOf, type MapShape, type NccLayer } from './ncc-network.ts';

/** Node and reason that a new layer carries. */
export interface Origin {
  readonly node: number;
  readonly placement: Reason;
}

/** Why the core does what lies between KPU layers. */
export const ON_CORE = {
  quantize: {
    rule: 'ncc/quantize',
    reason: 'the KPU computes on bytes, so the core quantizes the float32 input of the next KPU layer',
  },
  dequantize: {
    rule: 'ncc/dequantize',
    reason: 'the next layer computes in float32, so the core dequantizes the bytes of the KPU',
  },
  upload: {
    rule: 'ncc/upload',
    reason: 'the KPU reads its input from AI SRAM only, so the bytes are copied there',
  },
  addPadding: {
    rule: 'ncc/add-padding',
    reason: 'KPU maps are at least 4x4, so the core writes each input of the Dense into a map of its own',
  },
  removePadding: {
    rule: 'ncc/remove-padding',
    reason: 'a Dense on the KPU leaves 4x4 maps of which one pixel is the output; the core picks it out',
  },
  flatten: {
    rule: 'ncc/flatten',
    reason:
      'maps lie channel by channel and the Dense was trained on pixel by pixel, so the core reorders them',
  },
} as const satisfies Record<string, Reason>;

/**
 * Layers of the network as they are lowered. A KPU layer is written as Quantize, Upload, K210Conv, Dequantize, and
 * the pairs that ncc merges are merged on the way: Dequantize into Quantize, a quantized or uploaded network input,
 * an upload of what a convolution left in AI SRAM, an upload before AddPadding.
 */
export class NetworkBuilder {
  readonly layers: NccLayer[] = [];

  add(layer: NccLayer): number {
    return this.layers.push(layer) - 1;
  }

  shapeOf(position: number): MapShape {
    return this.layers[position].shape;
  }

  /** A KPU layer over the float value at `input`, as a float value. */
  addConv(input: number, kpu: KpuLayer, { node, placement }: Origin): number {
    const shape = { h: kpu.outH, w: kpu.outW, c: kpu.outC };
    const maps = this.#mapsOf(input, node);
    const conv = this.add({ type: 'K210Conv', inputs: [maps], shape, node, placement, kpu });
    return this.#dequantized(conv, node);
  }

  /** A Dense on the KPU: a 1x1 convolution over 4x4 maps, one a channel, of which the first pixel counts. */
  addPaddedDense(input: number, outC: number, { node, placement }: Origin): number {
    const inC = elementsOf(this.shapeOf(input));
    const bytes = this.#bytesOf(input, node);
    const padded = this.add({
      type: 'K210AddPadding',
      inputs: [bytes],
      shape: { h: 4, w: 4, c: inC },
      node,
      placement: ON_CORE.addPadding,
    });
    const kpu = paddedDenseLayer(inC, outC);
    const shape = { h: 4, w: 4, c: outC };
    const conv = this.add({ type: 'K210Conv', inputs: [padded], shape, node, placement, kpu });
    const vector = { h: 1, w: 1, c: outC };
    const picked = this.add({
      type: 'K210RemovePadding',
      inputs: [conv],
      shape: vector,
      node,
      placement: ON_CORE.removePadding,
    });
    return this.#dequantized(picked, node);
  }

  /** The value as a vector, pixel by pixel; itself where it is one already. */
  addFlatten(input: number, node: number): number {
    const shape = this.shapeOf(input);
    if (shape.h === 1 && shape.w === 1) return input;
    const flat = { h: 1, w: 1, c: elementsOf(shape) };
    return this.add({
      type: 'TensorflowFlatten',
      inputs: [input],
      shape: flat,
      node,
      placement: ON_CORE.flatten,
    });
  }

  #bytesOf(value: number, node: number): number {
    const layer = this.layers[value];
    if (layer.type === 'Dequantize') return layer.inputs[0];
    if (layer.type === 'Input') return value;
    const { shape } = layer;
    return this.add({ type: 'Quantize', inputs: [value], shape, node, placement: ON_CORE.quantize });
  }

  #mapsOf(value: number, node: number): number {
    const bytes = this.#bytesOf(value, node);
    const { type, shape } = this.layers[bytes];
    if (type === 'Input' || type === 'K210Conv') return bytes;
    return this.add({ type: 'K210Upload', inputs: [bytes], shape, node, placement: ON_CORE.upload });
  }

  #dequantized(bytes: number, node: number): number {
    const shape = this.shapeOf(bytes);
    return this.add({ type: 'Dequantize', inputs: [bytes], shape, node, placement: ON_CORE.dequantize });
  }
}

function paddedDenseLayer(inC: number, outC: number): KpuLayer {
  const maps = { inH: 4, inW: 4, outH: 4, outW: 4 };
  return { ...maps, inC, outC, kernel: 1, depthwise: false, poolType: 0, weightBits: 8 };
}
