import { describe, expect, test } from 'vitest';
import { bytes, floats, IO, OUT, runLayer } from '../../../../test/support/kmodel-layer.ts';
import type { KmodelLayer } from '../../../models/formats/kmodel/layers.ts';
import { fusedMultiplyAdd } from './float32.ts';

const WINDOW = {
  ...{ in_width: 3, in_height: 2, in_channels: 1, out_width: 2, out_height: 1, out_channels: 1 },
  ...{ kernel_width: 2, kernel_height: 2, stride_width: 2, stride_height: 2 },
  ...{ padding_width: 0, padding_height: 0 },
};
const NEAREST = { in_width: 2, in_height: 2, channels: 1, out_width: 3, out_height: 2, align_corners: 0 };

describe('float layers', () => {
  test.each<[string, KmodelLayer, Float32Array | Uint8Array, number[]]>([
    [
      'dequantize: x * scale + bias',
      { type: 'Dequantize', ...IO, count: 2, scale: 0.5, bias: -3 },
      bytes(0, 255),
      [-3, 124.5],
    ],
    [
      'dequantize by channel',
      {
        ...{ type: 'ChannelwiseDequantize', ...IO, channels: 2, channel_size: 2 },
        tail: [
          { scale: 1, bias: 0 },
          { scale: 2, bias: 1 },
        ],
      },
      bytes(1, 2, 3, 4),
      [1, 2, 7, 9],
    ],
    [
      'flatten: C,H,W to H,W,C',
      { type: 'TensorflowFlatten', ...IO, width: 2, height: 1, channels: 3 },
      floats(1, 2, 3, 4, 5, 6),
      [1, 3, 5, 2, 4, 6],
    ],
    [
      'fully connected, relu6',
      {
        ...{ type: 'FullyConnected', ...IO, in_channels: 2, out_channels: 3, act: 2 },
        tail: { weights: floats(1, 2, -1, -1, 10, 10), bias: floats(0.5, 0, 0) },
      },
      floats(1, 2),
      [5.5, 0, 6],
    ],
    [
      'global average',
      { type: 'GlobalAveragePool2d', ...IO, kernel_size: 4, channels: 2 },
      floats(1, 2, 3, 4, 0, 0, 0, 8),
      [2.5, 2],
    ],
    // The second window hangs over the right edge: two pixels count.
    ['average pool', { type: 'AveragePool2d', ...IO, ...WINDOW, act: 0 }, floats(1, 2, 3, 4, 5, 7), [3, 5]],
    [
      'nearest neighbour',
      { type: 'ResizeNearestNeighbor', ...IO, ...NEAREST },
      floats(1, 2, 3, 4),
      [1, 1, 2, 3, 3, 4],
    ],
    ['logistic', { type: 'Logistic', ...IO, channels: 1 }, floats(0), [0.5]],
    // Powers of two, so that the length is exactly 5 times 2^-1.
    [
      'L2 normalization',
      { type: 'L2Normalization', ...IO, channels: 2 },
      floats(1.5, 2),
      [Math.fround(0.6), Math.fround(0.8)],
    ],
    [
      'concat',
      {
        type: 'Concat',
        flags: 1,
        main_mem_out_address: OUT,
        tail: [
          { start: 4, bytes: 4 },
          { start: 0, bytes: 4 },
        ],
      },
      floats(1, 2),
      [2, 1],
    ],
    [
      'add',
      {
        type: 'Add',
        flags: 1,
        main_mem_in_a_address: 0,
        main_mem_in_b_address: 8,
        main_mem_out_address: OUT,
        count: 2,
      },
      floats(1, 2, 10, 20),
      [11, 22],
    ],
  ])('%s', (_, layer, input, expected) => {
    expect([...runLayer(layer, input).floats(OUT, expected.length)]).toEqual(expected);
  });

  test('softmax of equal and of very different values', () => {
    const layer: KmodelLayer = { type: 'Softmax', ...IO, channels: 2 };
    expect([...runLayer(layer, floats(3, 3)).floats(OUT, 2)]).toEqual([0.5, 0.5]);
    expect([...runLayer(layer, floats(1000, 0)).floats(OUT, 2)]).toEqual([1, 0]);
  });
});

describe('byte layers', () => {
  test.each<[string, KmodelLayer, Float32Array | Uint8Array, number[]]>([
    // (x - bias) / scale = 2x: halves step away from zero, the rest is clamped.
    [
      'quantize',
      { type: 'Quantize', ...IO, count: 5, scale: 0.5, bias: 0 },
      floats(0.25, 0.2, 1.25, -3, 1e9),
      [1, 0, 3, 0, 255],
    ],
    [
      'requantize by table',
      { type: 'Requantize', ...IO, count: 2, tail: Uint8Array.from({ length: 256 }, (_, x) => 255 - x) },
      bytes(0, 7),
      [255, 248],
    ],
    // (a - 10) * 3 >> 1 and (b - 10) * 3 >> 1, added, halved: 4.5 is rounded up.
    [
      'quantized add',
      {
        ...{ type: 'QuantizedAdd', flags: 1, main_mem_in_a_address: 0, main_mem_in_b_address: 1 },
        ...{ main_mem_out_address: OUT, count: 1, in_a_offset: -10, in_a_mul: 3, in_a_shift: 1 },
        ...{ in_b_offset: -10, in_b_mul: 3, in_b_shift: 1, out_offset: 100, out_mul: 1, out_shift: 1 },
      },
      bytes(13, 13),
      [105],
    ],
    ['quantized max pool', { type: 'QuantizedMaxPool2d', ...IO, ...WINDOW }, bytes(1, 2, 3, 4, 5, 7), [5, 7]],
    [
      'quantized nearest neighbour',
      { type: 'QuantizedResizeNearestNeighbor', ...IO, ...NEAREST },
      bytes(1, 2, 3, 4),
      [1, 1, 2, 3, 3, 4],
    ],
    [
      'remove padding',
      { type: 'K210RemovePadding', ...IO, channels: 2 },
      Uint8Array.from({ length: 32 }, (_, x) => x),
      [0, 16],
    ],
  ])('%s', (_, layer, input, expected) => {
    expect([...runLayer(layer, input).bytes(OUT, expected.length)]).toEqual(expected);
  });

  test('add padding: one byte each 16, four a line, then four lines further', () => {
    const layer: KmodelLayer = {
      type: 'K210AddPadding',
      flags: 0,
      main_mem_in_address: 0,
      kpu_mem_out_address: 2,
      channels: 5,
    };
    const { kpu } = runLayer(layer, bytes(1, 2, 3, 4, 5));
    expect([0, 16, 32, 48, 256].map((byte) => kpu[128 + byte])).toEqual([1, 2, 3, 4, 5]);
  });

  test('upload: rows of 3 bytes at a pitch of 16', () => {
    const layer: KmodelLayer = {
      ...{ type: 'K210Upload', flags: 0, main_mem_in_address: 0, kpu_mem_out_address: 0 },
      ...{ width: 3, height: 2, channels: 2 },
    };
    const { kpu } = runLayer(
      layer,
      Uint8Array.from({ length: 12 }, (_, x) => x + 1),
    );
    expect([...kpu.subarray(0, 3), ...kpu.subarray(64, 67)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...kpu.subarray(16, 19)]).toEqual([7, 8, 9]);
  });
});

describe('what does not fit', () => {
  test.each<[string, KmodelLayer, string]>([
    [
      'outside of main memory',
      { type: 'Softmax', ...IO, channels: 200 },
      'x: layer 0: 800 bytes at 512 pass the end of its main memory of 1024 bytes',
    ],
    [
      'off a multiple of 4',
      { type: 'Softmax', ...IO, main_mem_out_address: 2, channels: 2 },
      'x: layer 0: float32 values at 2, which is no multiple of 4',
    ],
    [
      'outside of KPU memory',
      { type: 'K210AddPadding', flags: 0, main_mem_in_address: 0, kpu_mem_out_address: 32767, channels: 5 },
      'pass the 2 MiB of KPU memory',
    ],
    [
      'max pooling in float',
      { type: 'MaxPool2d', ...IO, ...WINDOW, act: 0 },
      'the SDK has no handler for float max pooling',
    ],
  ])('%s: one line says so', (_, layer, message) => {
    expect(() => runLayer(layer, bytes(0))).toThrow(message);
  });
});

describe('fused multiply-add', () => {
  test('rounds once where a float32 product would be rounded twice', () => {
    // (1 + 2^-12)^2 - 1 = 2^-11 + 2^-24; the product alone in float32 loses the 2^-24.
    const a = 1 + 2 ** -12;
    expect(fusedMultiplyAdd(a, a, -1)).toBe(2 ** -11 + 2 ** -24);
  });

  test('decides a half by what a double cannot hold', () => {
    // 1 + 2^-24 is half way between two floats; 2^-60 more or less decides, and no double holds that sum.
    const half = 2 ** -24;
    expect(fusedMultiplyAdd(2 ** -30, 2 ** -30, 1 + half)).toBe(1 + 2 ** -23);
    expect(fusedMultiplyAdd(-(2 ** -30), 2 ** -30, 1 + half)).toBe(1);
    expect(fusedMultiplyAdd(0, 0, 1 + half)).toBe(1);
  });
});
