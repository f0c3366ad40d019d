import { LAST_DIMENSION } from './last-dimension.ts';
import { FINITE } from '../../models/formats/tflite/codecs.ts';
import type { SoftmaxAttributes } from '../../models/graph/attributes.ts';
import { UNIT_INTERVAL } from '../definition/fixed-outputs.ts';
import { byInput, type Prepare } from '../definition/kernel.ts';
import { WITH_UINT8 } from '../definition/tflm.ts';
import { INT8_INT16 } from '../definition/version-rules.ts';
import { prepareSoftmaxFloat32 } from './float32.ts';
import { prepareSoftmaxInt16 } from './int16.ts';
import { prepareSoftmaxInt8 } from './int8.ts';
import { SOFTMAX_LIMITS } from './softmax-limits.ts';
import { defineOp } from '../definition/define-op.ts';

const prepareSoftmaxInteger: Prepare<SoftmaxAttributes> = (attributes, inputs, outputs) =>
  (inputs[0]?.dtype === 'int16' ? prepareSoftmaxInt16 : prepareSoftmaxInt8)(attributes, inputs, outputs);

/** Over the last dimension; the others are rows. */
export const softmax = defineOp({
  type: 'SOFTMAX',
  tflite: {
    options: 'SoftmaxOptions',
    fields: { beta: ['beta', FINITE] },
    versions: { runtimes: '1.5.0 1.14.0 2.3.0', types: INT8_INT16 },
  },
  quantization: { output: UNIT_INTERVAL },
  tflm: {
    limits: SOFTMAX_LIMITS,
    oldTypes: WITH_UINT8,
  },
  kmodel: { layer: 'Softmax' },
  ...LAST_DIMENSION,
  prepare: byInput(0, prepareSoftmaxFloat32, prepareSoftmaxInteger),
});
