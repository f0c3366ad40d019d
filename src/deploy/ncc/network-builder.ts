import type { KpuLayer, Reason } from '../program.ts';
import { elementsOf, type MapShape, type NccLayer } from './ncc-network.ts';

/** Node and reason that a new layer carries. */
export interface Origin {
  readonly node: number;
  readonly placement: Reason;
}

/** Why the core does what lies between KPU layers. */
export const ON_CORE = {
  requantize: {
    rule: 'ncc/requantize',
    reason: 'the bytes go into a concatenation with a range of its own, so the core maps them by a table',
  },
  quantized: {
    rule: 'ncc/quantized-layer',
    reason:
      'its inputs are bytes that the KPU or another quantized layer has left, and the runtime has this layer for bytes',
  },
  joinedInPlace: {
    rule: 'ncc/concat-by-address',
    reason:
      'each of its inputs has this one reader, so each is written to its place in the result and nothing is copied',
  },
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
 * Layers of the network as they are lowered. A KPU layer is written as Quantize, Upload, K210Conv, Dequantize; what
 * cancels out between two layers is left to the transforms behind the lowering. The network's input is bytes and is
 * uploaded by the runtime, so nothing is written of what the transforms would take away behind it again.
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
    const maps = this.#uploaded(input, node);
    const conv = this.add({ type: 'K210Conv', inputs: [maps], shape, node, placement, kpu });
    return this.#dequantized(conv, node);
  }

  /** A Dense on the KPU: a 1x1 convolution over 4x4 maps, one a channel, of which the first pixel counts. */
  addPaddedDense(input: number, outC: number, { node, placement }: Origin): number {
    const inC = elementsOf(this.shapeOf(input));
    const bytes = this.#quantized(input, node);
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

  /** The value as a vector, pixel by pixel. */
  addFlatten(input: number, node: number): number {
    const shape = this.shapeOf(input);
    const flat = { h: 1, w: 1, c: elementsOf(shape) };
    return this.add({
      type: 'TensorflowFlatten',
      inputs: [input],
      shape: flat,
      node,
      placement: ON_CORE.flatten,
    });
  }

  #quantized(value: number, node: number): number {
    const { type, shape } = this.layers[value];
    if (type === 'Input') return value;
    return this.add({ type: 'Quantize', inputs: [value], shape, node, placement: ON_CORE.quantize });
  }

  #uploaded(value: number, node: number): number {
    const bytes = this.#quantized(value, node);
    const { type, shape } = this.layers[bytes];
    if (type === 'Input') return value;
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
