import type { Work } from '../../kernels/op.ts';
import { elementsOf, outputBytes, type NccLayer } from './layers.ts';

const NO_WORK: Work = { macs: 0, elements: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0, counts: {} };

/** The call itself: nothing that depends on the network. */
export const CALL_WORK: Work = NO_WORK;

/** A copy of `bytes` that have `width` to a row; the width decides how the SDK's upload stores them. */
export function copyWork(bytes: number, width: number): Work {
  return { ...NO_WORK, elements: bytes, loadBytes: bytes, storeBytes: bytes, counts: { rowLength: width } };
}

/** Work of a layer that the core does, by the counts that its cost rows name. */
export function layerWork(layer: NccLayer, inputs: readonly NccLayer[]): Work {
  const { type, shape } = layer;
  const elements = elementsOf(shape);
  const inputElements = inputs.reduce((sum, input) => sum + elementsOf(input.shape), 0);
  const loadBytes = inputs.reduce((sum, input) => sum + outputBytes(input), 0);
  const base = { ...NO_WORK, elements, loadBytes, storeBytes: outputBytes(layer) };
  switch (type) {
    case 'FullyConnected': {
      const macs = inputElements * elements;
      const counts = { inChannels: inputElements, outChannels: elements };
      return { ...base, macs, weightBytes: layer.weightBytes!, counts };
    }
    case 'K210AddPadding':
      return { ...base, elements: shape.c, storeBytes: shape.c, counts: { outChannels: shape.c } };
    case 'K210RemovePadding':
      return { ...base, loadBytes: shape.c, counts: { outChannels: shape.c } };
    case 'TensorflowFlatten':
      return { ...base, counts: { pixels: inputs[0]!.shape.h * inputs[0]!.shape.w } };
    default:
      return { ...base, counts: { inputElements, taps: elements * (layer.taps ?? 1), outChannels: shape.c } };
  }
}

/** Work of a KPU layer: its weights are what it fetches, its maps never leave AI SRAM. */
export function kpuWork(layer: NccLayer, weightBytes: number): Work {
  const { inH, inW, inC, outC, kernel, depthwise } = layer.kpu!;
  const macs = inH * inW * outC * kernel * kernel * (depthwise ? 1 : inC);
  const elements = elementsOf(layer.shape);
  return { ...NO_WORK, macs, elements, loadBytes: inH * inW * inC, storeBytes: elements, weightBytes };
}
