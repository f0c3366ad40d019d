import { withTotals } from '../../kernels/definition/define-op.ts';
import type { Work } from '../../kernels/definition/op.ts';
import { elementsOf, outputBytes, type NccLayer } from './ncc-network.ts';

/** The call itself: nothing that depends on the network. */
export const CALL_WORK: Work = withTotals(totals(0, 0, 0, 0));

function totals(
  elements: number,
  loadBytes: number,
  storeBytes: number,
  weightBytes: number,
  macs = 0,
): Omit<Work, 'counts'> {
  return { macs, elements, loadBytes, storeBytes, weightBytes };
}

/** A copy of `bytes` that have `width` to a row; the width decides how the SDK's upload stores them. */
export function copyWork(bytes: number, width: number): Work {
  return withTotals(totals(bytes, bytes, bytes, 0), { rowLength: width });
}

/** Work of a layer that the core does, by the counts that its cost rows name. */
export function layerWork(layer: NccLayer, inputs: readonly NccLayer[]): Work {
  const { type, shape } = layer;
  const elements = elementsOf(shape);
  const storeBytes = outputBytes(layer);
  let inputElements = 0;
  let loadBytes = 0;
  for (const input of inputs) {
    inputElements += elementsOf(input.shape);
    loadBytes += outputBytes(input);
  }
  switch (type) {
    case 'FullyConnected': {
      const all = totals(elements, loadBytes, storeBytes, layer.weightBytes!, inputElements * elements);
      return withTotals(all, { inChannels: inputElements, outChannels: elements });
    }
    case 'K210AddPadding':
      return withTotals(totals(shape.c, loadBytes, shape.c, 0), { outChannels: shape.c });
    case 'K210RemovePadding':
      return withTotals(totals(elements, shape.c, storeBytes, 0), { outChannels: shape.c });
    // Of a map the runtime computes the first values only, as many as there are channels.
    case 'Softmax':
    case 'Logistic':
    case 'L2Normalization':
      return withTotals(totals(shape.c, 4 * shape.c, 4 * shape.c, 0), {
        inputElements: shape.c,
        taps: shape.c,
        outChannels: shape.c,
      });
    case 'TensorflowFlatten':
      return withTotals(totals(elements, loadBytes, storeBytes, 0), {
        pixels: inputs[0].shape.h * inputs[0].shape.w,
      });
    default:
      return withTotals(totals(elements, loadBytes, storeBytes, 0), {
        inputElements,
        taps: elements * (layer.taps ?? 1),
        outChannels: shape.c,
        ...timesElements(layer.perElement, elements),
      });
  }
}

function timesElements(each: NccLayer['perElement'] = {}, elements: number): Record<string, number> {
  return Object.fromEntries(Object.entries(each).map(([name, count]) => [name, count * elements]));
}

/** Work of a KPU layer: its weights are what it fetches, its maps never leave AI SRAM. */
export function kpuWork(layer: NccLayer, weightBytes: number): Work {
  const { inH, inW, inC, outC, kernel, depthwise } = layer.kpu!;
  const macs = inH * inW * outC * kernel * kernel * (depthwise ? 1 : inC);
  const elements = elementsOf(layer.shape);
  return withTotals(totals(elements, inH * inW * inC, elements, weightBytes, macs));
}
