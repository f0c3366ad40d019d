import { describe, expect, test } from 'vitest';
import { goldenBytes } from '../../../../test/support/goldens.ts';
import { convGeometry, type ConvSections } from '../../../models/formats/kmodel/conv-body.ts';
import { decodeLayerWords, type LayerWords } from '../../../models/formats/kmodel/fields.ts';
import { readKmodel } from '../../../models/formats/kmodel/read.ts';
import type { TieMode } from './activation.ts';
import { KpuConv2d } from './index.ts';
import { loadMaps, rowByte, storeMaps } from './kpu-memory-layout.ts';
import { KPU_POOLS } from './kpu-pool.ts';
import { kpuConvReference } from './reference.ts';

/** 0, 1, 2, ... of a small linear congruence, so that every run sees the same layers. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Drawn {
  readonly sections: ConvSections;
  readonly weightBits: 8 | 16;
  readonly input: Uint8Array;
}

function drawLayer(seed: number, poolType: number): Drawn {
  const draw = draws(seed);
  const signed = (limit: number): number => draw(2 * limit) - limit;
  const [kernel, depthwise, weightBits] = [draw(2), draw(3) === 0 ? 1 : 0, draw(3) === 0 ? 16 : 8] as const;
  const stride = KPU_POOLS[poolType].stride;
  const [h, w, inC] = [4 + draw(7), 4 + draw(9), 1 + draw(6)];
  const outC = depthwise ? inC : 1 + draw(4);
  const zero = decodeLayerWords(new DataView(new ArrayBuffer(96)), 0);
  const words: LayerWords = {
    ...zero,
    interrupt_enabe: { ...zero.interrupt_enabe, depth_wise_layer: depthwise },
    image_channel_num: { i_ch_num: inC - 1, o_ch_num: outC - 1, o_ch_num_coef: outC - 1 },
    image_size: {
      ...{ i_row_wid: w - 1, i_col_high: h - 1 },
      ...{ o_row_wid: Math.floor(w / stride) - 1, o_col_high: Math.floor(h / stride) - 1 },
    },
    kernel_pool_type_cfg: {
      ...zero.kernel_pool_type_cfg,
      ...{ kernel_type: kernel, pool_type: poolType, pad_value: draw(256) },
    },
    conv_value: { shr_w: draw(16), shr_x: draw(16), arg_w: signed(2 ** 11), arg_x: signed(2 ** 16) },
    conv_value2: { arg_add: signed(2 ** 24) },
  };
  const taps = (kernel ? 9 : 1) * outC * (depthwise ? 1 : inC);
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => draw(256));
  const starts = Array.from({ length: 15 }, () => signed(2 ** 16)).sort((a, b) => a - b);
  const sections: ConvSections = {
    words,
    weights: bytes((taps * weightBits) / 8),
    batchNorm: Array.from({ length: outC }, () => ({
      ...{ norm_mul: signed(500), norm_add: signed(2 ** 15), norm_shift: 8 + draw(8) },
    })),
    activation: {
      segments: [-(2 ** 35), ...starts].map((x_start) => ({
        ...{ x_start, y_mul: signed(2 ** 8), shift_number: draw(16) },
      })),
      result_bias: bytes(16),
    },
  };
  return { sections, weightBits, input: bytes(inC * h * w) };
}

const MODES: readonly TieMode[] = ['half-away', 'half-even'];

describe.each(MODES)('the fast layer, %s', (ties) => {
  test.each(KPU_POOLS.map(({ kind, window, stride }, poolType) => [poolType, kind, window, stride]))(
    'computes what the formulas say: pool %i (%s of %i, stride %i), 30 drawn layers',
    (poolType) => {
      for (let seed = 1; seed <= 30; seed++) {
        const { sections, weightBits, input } = drawLayer(100 * poolType + seed, poolType);
        const layer = new KpuConv2d(sections, { weightBits, ties });
        const output = new Uint8Array(layer.outputBytes);
        const ranges = layer.run(input, output);
        expect({ output, ranges }, `seed ${seed}`).toEqual(
          kpuConvReference(sections, weightBits, ties, input),
        );
      }
    },
  );
});

describe.each(MODES)('layers that ncc 0.1.0-rc5 wrote, %s', (ties) => {
  test.each([
    ['3x3, mean of 2x2 at stride 1', 'avgpool2s1', 0],
    ['depthwise', 'pad_dw_s2_pw', 1],
    ['1x1, left-top pixel of 2x2', 'pad_dw_s2_pw', 2],
    ['1x1 with a leaky table', '40_yolo3_mobile', 7],
    ['1x1 of 4x4 maps, a Dense', '12_add_gap_dense_softmax', 8],
  ])('%s: layer of %s, number %i', (_, name, index) => {
    const layer = readKmodel(goldenBytes(`rc5/${name}.kmodel`)).layers[index] as { tail: ConvSections };
    const { inC, inH, inW } = convGeometry(layer.tail.words);
    const draw = draws(index);
    const input = Uint8Array.from({ length: inC * inH * inW }, () => draw(256));
    const conv = new KpuConv2d(layer.tail, { weightBits: 8, ties });
    const output = new Uint8Array(conv.outputBytes);
    const ranges = conv.run(input, output);
    expect({ output, ranges }).toEqual(kpuConvReference(layer.tail, 8, ties, input));
    expect(new Set(output).size).toBeGreaterThan(3);
  });
});

/** A 1x1 layer over one channel that hands its input to the activation: 4x4 pixels, b = x + add. */
function identityLayer(add: number, mul = 1): ConvSections {
  const { sections } = drawLayer(1, 0);
  const { words } = sections;
  return {
    words: {
      ...words,
      interrupt_enabe: { ...words.interrupt_enabe, depth_wise_layer: 0 },
      image_channel_num: { i_ch_num: 0, o_ch_num: 0, o_ch_num_coef: 0 },
      image_size: { i_row_wid: 3, i_col_high: 3, o_row_wid: 3, o_col_high: 3 },
      kernel_pool_type_cfg: { ...words.kernel_pool_type_cfg, kernel_type: 0 },
      conv_value: { shr_w: 0, shr_x: 0, arg_w: 0, arg_x: 0 },
      conv_value2: { arg_add: 0 },
    },
    weights: Uint8Array.of(1),
    batchNorm: [{ norm_mul: mul, norm_add: add, norm_shift: 0 }],
    activation: {
      segments: Array.from({ length: 16 }, (_, index) => ({
        ...{ x_start: index === 0 ? -(2 ** 35) : 2 ** 35 - 1, y_mul: 0, shift_number: 0 },
      })),
      result_bias: new Uint8Array(16).fill(7),
    },
  };
}

function runIdentity(sections: ConvSections, input: Uint8Array, ties: TieMode = 'half-away'): number[] {
  const layer = new KpuConv2d(sections, { weightBits: 8, ties });
  const output = new Uint8Array(layer.outputBytes);
  layer.run(input, output);
  return [...output];
}

describe('rounding', () => {
  // v = (b - 0) * y_mul >> shift with negative slope: the vendors step down from the floor.
  const sections = (y_mul: number): ConvSections => {
    const identity = identityLayer(0);
    const segments = identity.activation.segments.map((segment, index) =>
      index === 1 ? { x_start: -1, y_mul, shift_number: 2 } : segment,
    );
    return { ...identity, activation: { segments, result_bias: new Uint8Array(16).fill(100) } };
  };
  const quarters = Uint8Array.from({ length: 16 }, (_, index) => index);

  test('-0.25, -0.5, -0.75 and -1.5 become -2, -2, -1 and -3, with half-even -2 at last', () => {
    const pick = (values: number[]): number[] => [0, 1, 2, 5].map((index) => values[index] - 100);
    expect(pick(runIdentity(sections(-1), quarters))).toEqual([-2, -2, -1, -3]);
    expect(pick(runIdentity(sections(-1), quarters, 'half-even'))).toEqual([-2, -2, -1, -2]);
  });
});

describe('what is refused', () => {
  const input = new Uint8Array(16).fill(255);

  test('batch norm beyond 36 bits', () => {
    expect(() => runIdentity(identityLayer(0, 2 ** 23 - 1), input)).not.toThrow();
    const wide = { ...identityLayer(2 ** 31 - 1, 2 ** 23 - 1), weights: Uint8Array.of(255) };
    expect(() => runIdentity(wide, input)).toThrow(/leave the KPU's 36 bits, so its result is undefined/);
  });

  test('a pool type that does not exist', () => {
    const { words, ...rest } = identityLayer(0);
    const config = { ...words.kernel_pool_type_cfg, pool_type: 12 };
    const sections = { ...rest, words: { ...words, kernel_pool_type_cfg: config } };
    expect(() => runIdentity(sections, input)).toThrow('pool_type 12 does not exist, the KPU has 0..9');
  });

  test('weights that do not fit', () => {
    expect(() => runIdentity({ ...identityLayer(0), weights: new Uint8Array(2) }, input)).toThrow(
      'KPU layer: needs 1 bytes of weights, got 2',
    );
  });
});

describe('maps in KPU memory', () => {
  test.each([
    // channel 5 of width 10: second group of four, slot 1; row 2 of 3.
    [10, 5, 2, (3 + 2) * 64 + 16],
    // channel 5 of width 20: third group of two, slot 1.
    [20, 5, 2, (2 * 3 + 2) * 64 + 32],
    // channel 5 of width 70: two lines a row.
    [70, 5, 2, (5 * 3 + 2) * 2 * 64],
  ])('width %i: channel %i, row %i starts at byte %i', (width, c, y, byte) => {
    expect(rowByte(0, { channels: 8, height: 3, width }, c, y)).toBe(byte);
  });

  test.each([4, 16, 17, 32, 33, 64, 65, 130])('width %i: what is stored is loaded', (width) => {
    const shape = { channels: 5, height: 3, width };
    const maps = Uint8Array.from({ length: 15 * width }, (_, index) => (index * 7 + 3) % 256);
    const memory = new Uint8Array(64 * 100);
    storeMaps(memory, 4, shape, maps);
    const loaded = new Uint8Array(maps.length);
    loadMaps(memory, 4, shape, loaded);
    expect(loaded).toEqual(maps);
  });
});
