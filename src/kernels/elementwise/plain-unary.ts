// Ops of one operand that are a function of each element and have no attributes. This file exports nothing else.
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { perElement } from '../definition/tflm.ts';
import { defineUnary, rescaled, unaryArithmetic } from './unary.ts';

/** |x|; integers are rescaled from input to output (TFLM elementwise.cc, AbsEvalQuantized). */
export const abs = defineUnary({
  type: 'ABS',
  tflite: {
    options: 'AbsOptions',
    versions: {
      runtimes: '1.13.0 2.4.0 2.5.0 2.6.0 2.12.0',
      types: { int8: 2, uint8: 2, int32: 5 },
      rule: ({ inputs: [x] }: Site) =>
        x?.dtype === 'int16' ? (x.quantization === undefined ? 4 : 3) : undefined,
    },
  },
  // Until 2021 the kernel took float32 alone (r2.4 micro/kernels/elementwise.cc).
  tflm: { resolvers: ['libtf-2020-11'], oldTypes: ['float32'] },
  estimates: {
    float32: perElement(9, 'float add (13) less one load and the addition'),
    int8: perElement(50, 'int8 add (55) with one rescaling less, and a call an element'),
  },
  prepare: unaryArithmetic(Math.abs, (input, output) => rescaled(input, output, Math.abs)),
});
