import { describe, expect, test } from 'vitest';
import type { MapShape, NccLayer, NccLayerType } from './ncc-network.ts';
import { copyWork, kpuWork, layerWork } from './work.ts';

const shape = (h: number, w: number, c: number): MapShape => ({ h, w, c });
const layer = (type: NccLayerType, of: MapShape, more: Partial<NccLayer> = {}): NccLayer => ({
  ...{ type, inputs: [], node: 0, placement: { rule: 'r', reason: 'r' } },
  shape: of,
  ...more,
});

const bytesOf = (work: ReturnType<typeof layerWork>) => [work.loadBytes, work.storeBytes, work.weightBytes];

describe('bytes that a layer of the core loads, stores and keeps', () => {
  const float = layer('Softmax', shape(2, 3, 4));
  const quantized = layer('Quantize', shape(2, 3, 4));

  test.each<[string, NccLayer, NccLayer[], number[]]>([
    // Four bytes a float, one a quantized value; both inputs of an addition.
    ['Add', layer('Add', shape(2, 3, 4)), [float, float], [96 + 96, 96, 0]],
    ['Quantize', quantized, [float], [96, 24, 0]],
    ['Dequantize', layer('Dequantize', shape(2, 3, 4)), [quantized], [24, 96, 0]],
    ['Concat', layer('Concat', shape(2, 3, 8)), [float, quantized], [96 + 24, 192, 0]],
    ['Flatten', layer('TensorflowFlatten', shape(1, 1, 24)), [float], [96, 96, 0]],
    ['FullyConnected', layer('FullyConnected', shape(1, 1, 5), { weightBytes: 500 }), [float], [96, 20, 500]],
    // Maps of 4x4 from and to single values: the core moves one value a channel.
    [
      'K210AddPadding',
      layer('K210AddPadding', shape(4, 4, 6)),
      [layer('Quantize', shape(1, 1, 6))],
      [6, 6, 0],
    ],
    [
      'K210RemovePadding',
      layer('K210RemovePadding', shape(1, 1, 6)),
      [layer('K210Conv', shape(4, 4, 6))],
      [6, 6, 0],
    ],
  ])('%s', (_, of, inputs, bytes) => {
    expect(bytesOf(layerWork(of, inputs))).toEqual(bytes);
  });
});

test('a Dense multiplies each input with each output', () => {
  const dense = layer('FullyConnected', shape(1, 1, 5), { weightBytes: 500 });
  const work = layerWork(dense, [layer('Softmax', shape(2, 3, 4))]);
  expect([work.macs, work.elements]).toEqual([120, 5]);
  expect(work.counts).toMatchObject({ inChannels: 24, outChannels: 5 });
});

test('a pool counts its taps, a flatten its pixels, a padding its channels', () => {
  const pool = layerWork(layer('MaxPool2d', shape(2, 2, 3), { taps: 9 }), [layer('Add', shape(5, 5, 3))]);
  expect(pool.counts).toMatchObject({ inputElements: 75, taps: 12 * 9, outChannels: 3 });
  const flat = layerWork(layer('TensorflowFlatten', shape(1, 1, 24)), [layer('Add', shape(2, 3, 4))]);
  expect(flat.counts).toMatchObject({ pixels: 6 });
  const padding = layerWork(layer('K210AddPadding', shape(4, 4, 6)), [layer('Quantize', shape(1, 1, 6))]);
  expect([padding.elements, padding.counts.outChannels]).toEqual([6, 6]);
});

test('a copy loads and stores its bytes, and knows the length of a row', () => {
  const { loadBytes, storeBytes, elements, counts } = copyWork(64, 8);
  expect([loadBytes, storeBytes, elements, counts.rowLength]).toEqual([64, 64, 64, 8]);
});

describe('a layer of the KPU', () => {
  const kpu = {
    ...{ inH: 8, inW: 6, inC: 3, outH: 4, outW: 3, outC: 16, kernel: 3 as const },
    ...{ poolType: 1, weightBits: 8 as const },
  };
  const ofKind = (depthwise: boolean) =>
    kpuWork(layer('K210Conv', shape(4, 3, 16), { kpu: { ...kpu, depthwise } }), 999);

  test('multiplies before it pools: 8 x 6 pixels, 3 x 3 taps, 3 channels into 16', () => {
    expect(ofKind(false).macs).toBe(8 * 6 * 3 * 3 * 3 * 16);
    expect(ofKind(true).macs).toBe(8 * 6 * 3 * 3 * 16);
  });

  test('loads a byte an input, stores a byte an output, fetches its weights', () => {
    expect(bytesOf(ofKind(false))).toEqual([8 * 6 * 3, 4 * 3 * 16, 999]);
  });
});
