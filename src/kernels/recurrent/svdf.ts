import { ACTIVATION, POSITIVE } from '../../models/formats/tflite/codecs.ts';
import { elementCount, type Tensor, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { byInput } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail, operandOfRank, shapeText } from '../definition/operands.ts';
import { INT32_BYTES } from '../definition/scratch.ts';
import { estimate, type ScratchRule } from '../definition/tflm.ts';
import { SVDF, svdfGeometry, type SvdfAttributes } from './svdf-geometry.ts';
import { prepareSvdfFloat32, prepareSvdfInteger } from './svdf-arithmetic.ts';

const SCALE_TOLERANCE = 1e-5;

/** svdf_common.cc, PrepareSvdf: a sum for each filter, and with integers one for each unit. */
const sums: ScratchRule = ({ inputs, output, attributes }) => {
  const { batches, filters } = svdfGeometry(attributes as SvdfAttributes, inputs);
  const filterBytes = batches * filters * INT32_BYTES;
  return inputs[0]?.dtype === 'int8'
    ? [filterBytes, elementCount(output.shape) * INT32_BYTES]
    : [filterBytes];
};

const scaleOf = (tensor: TensorInfo | undefined): number => tensor?.quantization?.scales[0] ?? 0;

/** What PrepareSvdf asks for besides types. */
function refused({ inputs, isUnscaled }: KernelCall): string | undefined {
  const [, , history, bias] = inputs;
  const state = inputs[SVDF.state] as Tensor | undefined;
  if (inputs.length !== SVDF.operands) return `${inputs.length} operands; it takes ${SVDF.operands}`;
  if (state?.isVariable !== true) return 'a state that is no variable tensor; convert the model again';
  if (inputs[0]?.dtype !== 'int8' || isUnscaled) return undefined;
  if (bias === undefined) return 'int8 without a bias; it takes one of zeros';
  const off = Math.abs(scaleOf(bias) - Math.fround(scaleOf(state) * scaleOf(history)));
  return off < SCALE_TOLERANCE ? undefined : `a bias whose scale is not that of the sums; quantize again`;
}

/** One time step of a layer of rank-`rank` filters; the state holds what they gave at the last `memory` steps. */
export const svdf = defineOp({
  type: 'SVDF',
  tflite: {
    options: 'SVDFOptions',
    fields: { rank: ['rank', POSITIVE], activation: ['fused_activation_function', ACTIVATION] },
    versions: {
      runtimes: '1.5.0 1.14.0 2.3.0 2.5.0',
      rule: ({ inputs }) => (inputs[0]?.dtype === 'int8' ? 3 : inputs[1]?.dtype === 'int8' ? 2 : 1),
    },
  },
  weightInputs: [SVDF.feature, SVDF.history, SVDF.bias],
  tflm: {
    oldTypes: ['float32', 'int8'],
    scratch: sums,
    limits: {
      types: [
        'float32 float32 float32 float32 float32 -> float32',
        'int8 int8 int16 int32 int16 -> int8',
        'int8 int8 int8 int32 int8 -> int8',
      ],
      scaled: [0, SVDF.feature, SVDF.history, SVDF.state],
      check: refused,
    },
  },
  kmodel: { instead: 'use a convolution over the last time steps' },
  estimates: {
    float32: estimate(
      { featureMacs: 6, timeMacs: 10, filters: 30, outputs: 24, '1': 412 },
      'its own count in the reference build at -O2',
    ),
    int8: estimate(
      { featureMacs: 9, timeMacs: 15, filters: 82, outputs: 70, '1': 457 },
      'its own count in the reference build at -O2',
    ),
  },
  infer(attributes, inputs): TensorInfo[] {
    const { batches, units, filters, memory } = svdfGeometry(attributes, inputs);
    const state = operandOfRank(inputs, SVDF.state, 'state', 2);
    if (String(state.shape) !== String([batches, memory * filters])) {
      fail(`state ${shapeText(state.shape)}, the filters need ${shapeText([batches, memory * filters])}`);
    }
    return [{ shape: [batches, units], dtype: inputs[0]!.dtype }];
  },
  count(attributes, inputs) {
    const { batches, units, filters, memory, depth } = svdfGeometry(attributes, inputs);
    const all = batches * filters;
    const counts = {
      ...{ filters: all, featureMacs: all * depth, timeMacs: all * memory },
      ...{ outputs: batches * units, inputElements: batches * depth },
    };
    return { macs: all * (depth + memory), counts };
  },
  prepare: byInput(0, prepareSvdfFloat32, prepareSvdfInteger),
});
