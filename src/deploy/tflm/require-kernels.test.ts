import { describe, expect, test } from 'vitest';
import { goldenBytes } from '../../../test/support/goldens.ts';
import { oneOp } from '../../../test/support/one-op.ts';
import { readOpGoldens } from '../../../test/support/op-goldens.ts';
import { boardById } from '../../boards/index.ts';
import { readTflite } from '../../files/tflite.ts';
import type { DType, Graph } from '../../models/graph/graph.ts';
import { requireKernels, requireSomeKernels } from './require-kernels.ts';

const openmv = boardById('openmv-h7-plus');
const TODAY = 'tflm-reference';
const OF_2020 = 'openmv-libtf-2020-11';
const quantization = { scales: [0.5], zeroPoints: [0], axis: 0 };

const graphOf = (op: string, from: DType, to: DType = from): Graph => {
  const tensor = (dtype: DType) => ({ shape: [1, 4], dtype, quantization });
  return {
    ...oneOp('ABS', {}, [tensor(from)], tensor(to)),
    nodes: [{ op, attributes: {}, inputs: [0], outputs: [1] }],
  };
};

const refusal = (graph: Graph, kernels: string): string | undefined => {
  try {
    requireKernels(graph, openmv, 'core', kernels);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('what the interpreter refuses is refused with op, index, reason and what would run', () => {
  const goldens = Object.entries(readOpGoldens());
  const read = (name: string): Graph => readTflite(goldenBytes(`ops/${name}`), name);

  test.each([
    [
      'op-argmax64.int8',
      'op 0 (ARG_MAX) on unit "core": its kernel refuses int8 -> int64; it takes float32 -> int32',
    ],
    ['op-ss_5d.float', 'refuses [1,2,3,4,5] of 5 dimensions; it takes 4 at most'],
    ['op-padv2.i16', 'op 0 (PADV2) on unit "core": its kernel refuses int16 int32 float32'],
    [
      'op-fc.f16',
      'refuses float16 -> float32; it takes int8|uint8|int16 -> float32; convert without float16',
    ],
    ['op-hybrid_fc.dyn', 'this is a hybrid model: convert with full-integer quantization, or to float32'],
    ['op-rprod.int8', 'op 0 (REDUCE_PROD) on unit "core": tflm-reference has no kernel for it'],
    ['odd-in_scale_none', 'operand 0 of int8 without a scale and a zero point; quantize the model in full'],
  ])('%s: %s', (name, message) => {
    expect(refusal(read(`${name}.tflite`), TODAY)).toContain(message);
  });

  test('no small file that it runs is refused', () => {
    const unknown = /inferscope does not know this operator yet/;
    const falsely = goldens.flatMap(([name, { tflm }]) => {
      if (tflm !== 'runs') return [];
      try {
        const why = refusal(read(name), TODAY);
        return why === undefined || unknown.test(why) ? [] : [`${name}: ${why}`];
      } catch {
        return []; // What cannot be read has its own test.
      }
    });
    expect(falsely).toEqual([]);
  });
});

describe('the two generations', () => {
  test('uint8 networks run with the kernels of 2020 and not with those of today', () => {
    expect(refusal(graphOf('SOFTMAX', 'uint8'), OF_2020)).toBeUndefined();
    expect(refusal(graphOf('SOFTMAX', 'uint8'), TODAY)).toMatch(
      /refuses uint8 -> uint8; .*quantize to int8, or --kernels openmv-libtf-2020-11$/,
    );
  });

  test('a kernel that came later is named with a library that has it', () => {
    expect(refusal(graphOf('LEAKY_RELU', 'float32'), OF_2020)).toBe(
      'op 0 (LEAKY_RELU) on unit "core": openmv-libtf-2020-11 has no kernel for it (TensorFlow Lite Micro of November ' +
        '2020), so the model does not load; TensorFlow Lite Micro of 2026 has one; replace the operator, or --kernels ' +
        'tflm-reference',
    );
  });

  test('no library is named where each refuses', () => {
    expect(refusal(graphOf('LEAKY_RELU', 'uint8'), OF_2020)).not.toMatch(/--kernels/);
    expect(refusal(graphOf('GELU', 'float32'), TODAY)).not.toMatch(/--kernels/);
  });

  test('an operator that is registered, but not known here, is told apart', () => {
    expect(refusal(graphOf('CUSTOM:CIRCULAR_BUFFER', 'int8'), TODAY)).toMatch(
      /op 0 \(CUSTOM:CIRCULAR_BUFFER\).*inferscope does not know this operator yet/,
    );
  });

  test('without a board a network is refused where every generation refuses it', () => {
    expect(() => requireSomeKernels(graphOf('SOFTMAX', 'uint8'))).not.toThrow();
    expect(() => requireSomeKernels(graphOf('LEAKY_RELU', 'float32'))).not.toThrow();
    expect(() => requireSomeKernels(graphOf('LEAKY_RELU', 'uint8'))).toThrow(
      'op 0 (LEAKY_RELU): its kernel refuses uint8 -> uint8',
    );
  });
});
