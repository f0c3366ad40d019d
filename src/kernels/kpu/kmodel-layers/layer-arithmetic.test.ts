import { describe, expect, test } from 'vitest';
import { bytes, floats, IO, OUT, runLayer } from '../../../../test/support/kmodel-layer.ts';
import type { KmodelLayer } from '../../../models/formats/kmodel/layers.ts';
import { byteOf } from './float32.ts';
import { LayerMemory } from './memory.ts';

const floatsOf = (layer: KmodelLayer, input: Float32Array | Uint8Array, count: number) => [
  ...runLayer(layer, input).floats(OUT, count),
];
const bytesOf = (layer: KmodelLayer, input: Float32Array | Uint8Array, count: number) => [
  ...runLayer(layer, input).bytes(OUT, count),
];
const near = (got: readonly number[], expected: readonly number[]) =>
  expect(got.map((value) => value.toFixed(5))).toEqual(expected.map((value) => value.toFixed(5)));

test('logistic: 1 / (1 + exp(-x)), which rises', () => {
  const layer: KmodelLayer = { type: 'Logistic', ...IO, channels: 3 };
  near(floatsOf(layer, floats(-Math.log(3), 0, Math.log(9)), 3), [0.25, 0.5, 0.9]);
});

describe('softmax', () => {
  test('shares go by exp(x): 1 to 2 to 5', () => {
    const layer: KmodelLayer = { type: 'Softmax', ...IO, channels: 3 };
    near(floatsOf(layer, floats(0, Math.log(2), Math.log(5)), 3), [0.125, 0.25, 0.625]);
  });

  test('the maximum begins at the smallest float above 0, so that far below 0 nothing is left to divide by', () => {
    const layer: KmodelLayer = { type: 'Softmax', ...IO, channels: 2 };
    near(floatsOf(layer, floats(-1, -1 - Math.log(3)), 2), [0.75, 0.25]);
    expect(floatsOf(layer, floats(-1000, -1000), 2)).toEqual([NaN, NaN]);
  });
});

describe('L2 normalization', () => {
  const layer: KmodelLayer = { type: 'L2Normalization', ...IO, channels: 3 };

  test('divides by the length: 2, 3 and 6 have 7', () => {
    near(floatsOf(layer, floats(2, -3, 6), 3), [2 / 7, -3 / 7, 6 / 7]);
  });

  test('of a length below 1e-5 by 1e-5', () => {
    near(floatsOf(layer, floats(0, 0, 0), 3), [0, 0, 0]);
    near(floatsOf(layer, floats(1e-6, 0, 0), 3), [0.1, 0, 0]);
  });
});

describe('quantized add', () => {
  const ADD = {
    ...{ type: 'QuantizedAdd' as const, flags: 1, main_mem_in_a_address: 0, main_mem_in_b_address: 4 },
    ...{ main_mem_out_address: OUT, count: 4, out_offset: 0, out_mul: 1, out_shift: 0 },
  };
  const same = { in_a_offset: 0, in_b_offset: 0, in_a_mul: 1, in_b_mul: 1 };

  test('shifts each operand down by its own amount before they are added', () => {
    const layer: KmodelLayer = { ...ADD, ...same, in_a_shift: 1, in_b_shift: 2 };
    // 3 >> 1 is 1 and 7 >> 2 is 1; 5 >> 1 is 2.
    expect(bytesOf(layer, bytes(3, 5, 0, 8, 7, 7, 3, 4), 4)).toEqual([2, 3, 0, 5]);
  });

  test('shifts the sum where both shifts are one: 3 + 7 is 10, a quarter of it 2', () => {
    const layer: KmodelLayer = { ...ADD, ...same, in_a_shift: 2, in_b_shift: 2 };
    expect(bytesOf(layer, bytes(3, 3, 1, 0, 7, 1, 2, 0), 4)).toEqual([2, 1, 0, 0]);
  });

  test('multiplies, rounds halves away from zero, adds the offset, and ends at 0 and 255', () => {
    const layer: KmodelLayer = {
      ...ADD,
      ...{ in_a_offset: -10, in_b_offset: -20, in_a_mul: 2, in_b_mul: 3, in_a_shift: 0, in_b_shift: 1 },
      ...{ out_offset: 100, out_mul: 3, out_shift: 2 },
    };
    // a: 2 (a - 10), b: 3 (b - 20) >> 1; their sum times 3 / 4, halves away from zero, + 100.
    // 2, 0: 1.5 -> 2. 0, -2 (3 x -1 = -3, halved -2): -1.5 steps down from its floor of -2 to -3. 490, 352: beyond 255.
    // -20, -30: -37.5 steps down from its floor of -38 to -39.
    expect(bytesOf(layer, bytes(11, 10, 255, 0, 20, 19, 255, 0), 4)).toEqual([102, 97, 255, 61]);
  });

  test('below 0 it is 0', () => {
    const layer: KmodelLayer = { ...ADD, ...same, in_a_shift: 0, in_b_shift: 0, out_offset: -5 };
    expect(bytesOf(layer, bytes(1, 4, 200, 2, 3, 2, 50, 3), 4)).toEqual([0, 1, 245, 0]);
  });
});

describe('pools', () => {
  // Two channels of 3 x 3, windows of 2 x 2 at a stride of 2, one pixel of padding above and to the left.
  const PADDED = {
    ...{ in_width: 3, in_height: 3, in_channels: 2, out_width: 2, out_height: 2, out_channels: 2 },
    ...{ kernel_width: 2, kernel_height: 2, stride_width: 2, stride_height: 2 },
    ...{ padding_width: 1, padding_height: 1 },
  };
  const input = Array.from({ length: 18 }, (_, at) => at + 1);

  test('average: pixels inside the map count, channel by channel', () => {
    const layer: KmodelLayer = { type: 'AveragePool2d', ...IO, ...PADDED, act: 0 };
    const first = [1, (2 + 3) / 2, (4 + 7) / 2, (5 + 6 + 8 + 9) / 4];
    expect(floatsOf(layer, floats(...input), 8)).toEqual([...first, ...first.map((mean) => mean + 9)]);
  });

  test('maximum of bytes', () => {
    const layer: KmodelLayer = { type: 'QuantizedMaxPool2d', ...IO, ...PADDED };
    expect(bytesOf(layer, bytes(...input), 8)).toEqual([1, 3, 7, 9, 10, 12, 16, 18]);
  });

  test('a window that is wider than high, at other strides', () => {
    const layer: KmodelLayer = {
      ...{ type: 'AveragePool2d', ...IO, act: 0, in_width: 4, in_height: 2, in_channels: 1, out_channels: 1 },
      ...{
        out_width: 2,
        out_height: 2,
        kernel_width: 3,
        kernel_height: 1,
        stride_width: 1,
        stride_height: 1,
      },
      ...{ padding_width: 0, padding_height: 0 },
    };
    expect(floatsOf(layer, floats(1, 2, 3, 7, 10, 20, 30, 40), 4)).toEqual([2, 4, 20, 30]);
  });

  test('the mean of a map, each channel its own', () => {
    const layer: KmodelLayer = { type: 'GlobalAveragePool2d', ...IO, kernel_size: 2, channels: 3 };
    expect(floatsOf(layer, floats(1, 2, 3, 5, -8, 8), 3)).toEqual([1.5, 4, 0]);
  });
});

describe('moves', () => {
  test('resize: two channels of 1 x 2 to 2 x 4', () => {
    const layer: KmodelLayer = {
      ...{ type: 'ResizeNearestNeighbor', ...IO, in_width: 2, in_height: 1, channels: 2 },
      ...{ out_width: 4, out_height: 2, align_corners: 0 },
    };
    const rows = [1, 1, 2, 2, 1, 1, 2, 2];
    expect(floatsOf(layer, floats(1, 2, 3, 4), 16)).toEqual([...rows, ...rows.map((value) => value + 2)]);
  });

  test('resize to fewer: floor(at * scale)', () => {
    const layer: KmodelLayer = {
      ...{ type: 'QuantizedResizeNearestNeighbor', ...IO, in_width: 5, in_height: 1, channels: 1 },
      ...{ out_width: 3, out_height: 1, align_corners: 0 },
    };
    // 0, 1.67 and 3.33.
    expect(bytesOf(layer, bytes(10, 11, 12, 13, 14), 3)).toEqual([10, 11, 13]);
  });

  test('concatenation of three, in the order of the list', () => {
    const layer: KmodelLayer = {
      ...{ type: 'QuantizedConcat', flags: 1, main_mem_out_address: OUT },
      tail: [
        { start: 3, bytes: 2 },
        { start: 0, bytes: 1 },
        { start: 1, bytes: 2 },
      ],
    };
    expect(bytesOf(layer, bytes(1, 2, 3, 4, 5), 5)).toEqual([4, 5, 1, 2, 3]);
  });

  test('flatten of 2 x 2 pixels: channels innermost', () => {
    const layer: KmodelLayer = { type: 'TensorflowFlatten', ...IO, width: 2, height: 2, channels: 2 };
    expect(floatsOf(layer, floats(1, 2, 3, 4, 10, 20, 30, 40), 8)).toEqual([1, 10, 2, 20, 3, 30, 4, 40]);
  });

  test('remove padding of no channel reads nothing, of three the first pixel of each map', () => {
    const of = (channels: number): KmodelLayer => ({ type: 'K210RemovePadding', ...IO, channels });
    expect(bytesOf(of(0), bytes(7), 1)).toEqual([0]);
    expect(
      bytesOf(
        of(3),
        Uint8Array.from({ length: 48 }, (_, at) => at),
        3,
      ),
    ).toEqual([0, 16, 32]);
  });
});

describe('conversions', () => {
  test('quantize: (x - bias) / scale, rounded', () => {
    const layer: KmodelLayer = { type: 'Quantize', ...IO, count: 4, scale: 0.5, bias: -1 };
    expect(bytesOf(layer, floats(-1, 0, 1.3, -2), 4)).toEqual([0, 2, 5, 0]);
  });

  test('dequantize by channel: the table of each', () => {
    const layer: KmodelLayer = {
      ...{ type: 'ChannelwiseDequantize', ...IO, channels: 3, channel_size: 1 },
      tail: [
        { scale: 1, bias: 0 },
        { scale: 0.5, bias: -4 },
        { scale: 2, bias: 8 },
      ],
    };
    expect(floatsOf(layer, bytes(255, 8, 3), 3)).toEqual([255, 0, 14]);
  });

  test('a byte of a float: half away from zero, 0 to 255, and 255 of what is no number', () => {
    expect([-3, -0.4, 0.49, 0.5, 254.5, 255.4, 1e9, NaN].map(byteOf)).toEqual([
      0, 0, 0, 1, 255, 255, 255, 255,
    ]);
  });
});

describe('fully connected', () => {
  const dense = (act: number): KmodelLayer => ({
    ...{ type: 'FullyConnected', ...IO, in_channels: 2, out_channels: 3, act },
    tail: { weights: floats(1, 2, -1, -1, 10, 10), bias: floats(0.5, 0, 0) },
  });

  test.each([
    ['none', 0, [5.5, -3, 30]],
    ['relu', 1, [5.5, 0, 30]],
    ['relu6', 2, [5.5, 0, 6]],
  ])('activation %s', (_, act, expected) => {
    expect(floatsOf(dense(act), floats(1, 2), 3)).toEqual(expected);
  });

  test('another activation does not exist', () => {
    expect(() => floatsOf(dense(3), floats(1, 2), 3)).toThrow(
      'x: layer 0: activation 3 does not exist, there are 0 none, 1 relu, 2 relu6',
    );
  });
});

describe('memory', () => {
  const memory = new LayerMemory(new Uint8Array(64), new Uint8Array(2 ** 21), 'x');

  test('may be used to its last byte and its last line', () => {
    expect(memory.bytes(60, 4)).toHaveLength(4);
    expect(() => memory.bytes(60, 5)).toThrow('x: 5 bytes at 60 pass the end of its main memory of 64 bytes');
    expect(() => memory.requireLines(32764, { channels: 4, height: 4, width: 16 })).not.toThrow();
    expect(() => memory.requireLines(32765, { channels: 4, height: 4, width: 16 })).toThrow(
      'x: maps of 4x16x4 at line 32765 need 256 bytes and pass the 2 MiB of KPU memory',
    );
  });
});
