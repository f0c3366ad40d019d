import { describe, expect, test } from 'vitest';
import { goldenBytes } from '../../../test/support/goldens.ts';
import { activation, constant, oneOp } from '../../../test/support/one-op.ts';
import { readTflite } from '../../files/tflite.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { predict } from '../../simulate/predict.ts';
import { boardById } from '../index.ts';
import { CMSIS_NN_M7_O2 } from './cmsis-nn/cmsis-nn-m7.ts';
import { OPENMV_LIBTF_M7 } from './openmv-libtf/openmv-libtf-m7.ts';
import { int16Rows } from './other-types.ts';
import { TFLM_REFERENCE_M7_O2, TFLM_REFERENCE_M7_O3 } from './tflm-reference/tflm-reference-m7.ts';

const openmv = boardById('openmv-h7-plus');
const rowOf = ({ costs }: typeof CMSIS_NN_M7_O2, op: string, dtype: string) =>
  costs.find((row) => row.op === op && row.dtype === dtype)!;

describe('int16', () => {
  test.each([TFLM_REFERENCE_M7_O2, CMSIS_NN_M7_O2])(
    '$id: a convolution is a tenth more than its int8',
    (library) => {
      const [int8, int16] = [rowOf(library, 'CONV_2D', 'int8'), rowOf(library, 'CONV_2D', 'int16')];
      const [[term, count]] = Object.entries(int8.instructions!);
      expect(int16.instructions![term]! / count).toBeCloseTo(1.1, 3);
      expect([int16.grade, int16.kernels, int16.cpi]).toEqual(['estimated', library.id, int8.cpi]);
      expect(int16.source).toMatch(
        /^not counted for int16; 1.1 times int8, for products are summed in 64 bits; /,
      );
    },
  );

  test('the window under a pixel has twice the bytes', () => {
    const windows = (dtype: string) =>
      rowOf(TFLM_REFERENCE_M7_O2, 'CONV_2D', dtype).streams!.map(({ bytes }) => bytes.innerLength);
    expect(windows('int8')).toEqual([undefined, 1, undefined, undefined]);
    expect(windows('int16')).toEqual([undefined, 2, undefined, undefined]);
  });

  test('an operator that has its own estimate keeps it', () => {
    const derived = int16Rows(TFLM_REFERENCE_M7_O2.costs);
    expect(derived.some(({ op }) => op === 'QUANTIZE')).toBe(false);
    expect(derived.some(({ op }) => op === 'ADD')).toBe(true);
    expect(rowOf(TFLM_REFERENCE_M7_O2, 'QUANTIZE', 'int16').source).toContain('counted');
  });

  test.each(['op-conv_same_s3', 'op-fc', 'op-softmax_1', 'op-u_tanh', 'op-mean_12_1', 'op-concat_1'])(
    '%s with 16-bit activations has a latency on each library of today',
    (name) => {
      const graph = readTflite(goldenBytes(`ops/${name}.i16.tflite`), name);
      for (const kernels of ['tflm-reference', 'tflm-reference-Os', 'cmsis-nn']) {
        expect(predict(graph, openmv, { kernels }).latencyMs.value).toBeGreaterThan(0);
      }
    },
  );
});

describe('uint8 networks', () => {
  const network = (): Graph =>
    oneOp(
      'FULLY_CONNECTED',
      { activation: 'NONE', keepNumDims: false },
      [
        activation([1, 4], 'uint8', 0.5, 128),
        constant([1, 2, 3, 4, 5, 6, 7, 8], [2, 4], 'uint8', [0.25], 3),
        constant([0, 0], [2], 'int32', [0.125]),
      ],
      activation([1, 2], 'uint8', 0.5, 128),
    );

  test('run on the library of 2020, by the reference kernel', () => {
    const { steps, dtype } = predict(network(), openmv);
    expect([dtype, steps.some(({ op }) => op === 'FULLY_CONNECTED')]).toEqual(['uint8', true]);
    const [own, int8] = [
      rowOf(OPENMV_LIBTF_M7, 'FULLY_CONNECTED', 'uint8'),
      rowOf(TFLM_REFERENCE_M7_O3, 'FULLY_CONNECTED', 'int8'),
    ];
    expect(own.instructions).toEqual({
      ...int8.instructions,
      macsInImage: int8.instructions!.macsInImage! + 1,
    });
    expect([own.grade, own.kernels, own.cpi]).toEqual(['estimated', OPENMV_LIBTF_M7.id, 'cpiInt8Reference']);
  });

  test.each(['tflm-reference', 'cmsis-nn'])('are refused by %s, which says what it takes', (kernels) => {
    expect(() => predict(network(), openmv, { kernels })).toThrow(
      /op 0 \(FULLY_CONNECTED\) on unit "core": its kernel refuses uint8 uint8.*; it takes float32/,
    );
  });
});
