import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel } from '../../../test/support/extra-models.ts';
import { goldenBytes, goldenNames } from '../../../test/support/goldens.ts';
import {
  convGeometry,
  type ActivationTable,
  type ConvSections,
} from '../../models/formats/kmodel/conv-body.ts';
import { decodeLayerWords, encodeLayerWords, type LayerWords } from '../../models/formats/kmodel/fields.ts';
import { KPU_CONV } from '../../models/formats/kmodel/layers.ts';
import { readKmodel } from '../../models/formats/kmodel/read.ts';
import { leakyTable, linearTable } from './activation-table.ts';
import { convSections } from './conv-sections.ts';
import { layerWords } from './layer-words.ts';
import { fixedMulOf, moveRange, quantizeWeights, quantParamOf, rangeOf, roundHalfEven } from './quantizer.ts';

describe('ranges and scales', () => {
  test('halves go to the even neighbour', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 0.4, -0.6].map(roundHalfEven)).toEqual([0, 2, 2, 0, -2, 0, -1]);
  });

  test.each([
    [[1, 2, 3], { low: 1, high: 3 }],
    [[1, 200, -101, 3], { low: 1, high: 3 }],
    [[200, Number.NaN], { low: -6, high: 6 }],
    [[0, 0], { low: -1, high: 1 }],
  ])('the range of %o', (values, expected) => {
    expect(rangeOf(values)).toEqual(expected);
  });

  test('a further image moves the range by a hundredth', () => {
    const moved = moveRange({ low: 0, high: 10 }, { low: -1, high: 20 });
    expect([moved.low, moved.high]).toEqual([-0.01, expect.closeTo(10.1, 12)]);
  });

  test('[0,1] is scale 255 and bias 0; [-1,1] has bias -128, the half of 255 rounded to even', () => {
    expect(quantParamOf({ low: 0, high: 1 })).toEqual({ scale: 255, bias: 0 });
    expect(quantParamOf({ low: -1, high: 1 })).toEqual({ scale: 127.5, bias: -128 });
  });

  test.each([
    // -120 = -0.9375 * 2^7: the shift is capped at 15, as in Sipeed's mnist.kmodel.
    [-120, 24, 15, { mul: -3932160, shift: 15 }],
    [1 / 1024, 16, 20, { mul: 1024, shift: 20 }],
    [0, 24, 15, { mul: 0, shift: 0 }],
    // 2^10 has exponent 11, so a shift of 22 - 1 - 11.
    [1024, 22, 15, { mul: 2 ** 20, shift: 10 }],
  ])('%d in %i bits, shift at most %i', (value, bits, maxShift, expected) => {
    expect(fixedMulOf(value, bits, maxShift, 'x')).toEqual(expected);
  });

  test('a value beyond its bits is refused', () => {
    expect(() => fixedMulOf(2 ** 22, 22, 15, 'x')).toThrow('x of 4194304 does not fit 22 bits');
  });
});

describe('weights', () => {
  test('a weak channel is stretched to the range of all and keeps its own scale', () => {
    const { bytes, bias, scales } = quantizeWeights(Float32Array.of(-1, 1, -0.25, 0.25), 2);
    expect([...bytes]).toEqual([0, 255, 0, 255]);
    expect([bias, scales]).toEqual([-128, [127.5, 510]]);
  });

  test('a channel without negative weights is not stretched beyond its largest', () => {
    // Ratios 1/0.5 and -1/0.1: one is negative, so the larger one, 2, counts.
    const { scales } = quantizeWeights(Float32Array.of(-1, 1, 0.1, 0.5), 2);
    expect(scales[1] / scales[0]).toBe(2);
  });
});

/** Segments as start, factor, shift and result. */
const rowsOf = ({ segments, result_bias }: ActivationTable): number[][] =>
  segments.map(({ x_start, y_mul, shift_number }, index) => [
    ...[x_start, y_mul, shift_number, result_bias[index]],
  ]);

const convsOf = (bytes: Uint8Array): ConvSections[] =>
  readKmodel(bytes).layers.flatMap((layer) => (layer.type === KPU_CONV ? [layer.tail] : []));

describe('KPU layers that ncc 0.1.0-rc5 wrote', () => {
  const files = goldenNames('rc5', '.kmodel');

  test('linear layers have the linear table', () => {
    const tables = files
      .filter((name) => !name.startsWith('40_yolo3'))
      .flatMap((name) => convsOf(goldenBytes(`rc5/${name}`)).map(({ activation }) => rowsOf(activation)));
    expect(tables.length).toBeGreaterThan(100);
    for (const table of tables) expect(table).toEqual(rowsOf(linearTable()));
  });

  // Of slope 0.1; their zeros, start / 1024 of the last segment, follow from the ranges the converter was given.
  test.each([
    [4, 9],
    [7, 6],
    [13, 7],
  ])('layer %i of 40_yolo3_mobile is leaky, its zero at %i', (index, zero) => {
    const layer = readKmodel(goldenBytes('rc5/40_yolo3_mobile.kmodel')).layers[index];
    const { activation } = (layer as { tail: ConvSections }).tail;
    expect(activation.segments[15].x_start).toBe(1024 * zero);
    expect(rowsOf(leakyTable(0.1, -zero))).toEqual(rowsOf(activation));
  });

  test.each(files)('%s: words from shapes, byte for byte', (name) => {
    for (const { words } of convsOf(goldenBytes(`rc5/${name}`))) {
      expect(rebuilt(words, 8)).toEqual(encodeLayerWords(words));
    }
  });
});

describeExtra('KPU layers that the vendor and Sipeed converted', () => {
  const written = () => {
    const { cases } = JSON.parse(readFileSync(extraModel('kmodel/golden/kpu-layers.json'), 'utf8'));
    return new Map((cases as WrittenCase[]).map((single) => [single.id, single]));
  };

  test('linear and leaky tables are those of converted layers', () => {
    const cases = written();
    expect(rowsOf(linearTable())).toEqual(cases.get('conv3-00')!.activation);
    // Slope 0.1, zero at 107.
    expect(rowsOf(leakyTable(0.1, -107))).toEqual(cases.get('conv3-02')!.activation);
  });

  test('the words of 65 single layers are built from their shapes', () => {
    for (const { id, words, weightBits } of written().values()) {
      const view = new DataView(new ArrayBuffer(96));
      words.forEach((word, index) => view.setBigUint64(8 * index, BigInt(`0x${word}`), true));
      expect(rebuilt(decodeLayerWords(view, 0), weightBits), id).toEqual(new Uint8Array(view.buffer));
    }
  });

  test.each(['mnist.kmodel', 'facedetect.kmodel'])('%s: words from shapes, byte for byte', (name) => {
    for (const { words } of convsOf(new Uint8Array(readFileSync(extraModel(`kmodel/${name}`))))) {
      expect(rebuilt(words, 8)).toEqual(encodeLayerWords(words));
    }
  });
});

function rebuilt(words: LayerWords, weightBits: 8 | 16): Uint8Array {
  const kpu = { ...convGeometry(words), weightBits };
  const { image_src_addr: inputLine, image_dst_addr: outputLine } = words.image_addr;
  const { pad_value } = words.kernel_pool_type_cfg;
  const { arg_add } = words.conv_value2;
  return encodeLayerWords(
    layerWords(kpu, { inputLine, outputLine, pad_value, arg_add, ...words.conv_value }),
  );
}

interface WrittenCase {
  readonly id: string;
  readonly words: readonly string[];
  readonly weightBits: 8 | 16;
  readonly activation: number[][];
}

test('a whole layer by hand: input in [-1,1], weights 1 and -1, output in [0,2]', () => {
  const kpu = {
    ...{ inH: 4, inW: 4, inC: 2, outH: 4, outW: 4, outC: 1, kernel: 1 as const },
    ...{ depthwise: false, poolType: 0, weightBits: 8 as const },
  };
  const { words, weights, batchNorm } = convSections({
    ...{ kpu, inputLine: 100, outputLine: 0, weights: Float32Array.of(1, -1), bias: Float32Array.of(0.5) },
    input: quantParamOf({ low: -1, high: 1 }),
    outputs: [quantParamOf({ low: 0, high: 2 })],
  });
  expect([...weights]).toEqual([255, 0]);
  expect(words.conv_value).toEqual({ shr_w: 15, shr_x: 15, arg_w: -128 * 2 ** 15, arg_x: -128 * 2 ** 15 });
  expect([words.conv_value2.arg_add, words.kernel_pool_type_cfg.pad_value]).toEqual([16384, 128]);
  // 127.5 * 1024 / (127.5 * 127.5) = 8.03 = 0.502 * 2^4: shift 15, the largest; add = 0.5 * 127.5 * 1024.
  expect(batchNorm).toEqual([{ norm_mul: 263172, norm_shift: 15, norm_add: 65280 }]);
});
