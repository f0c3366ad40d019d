import { POSITIVE } from '../../models/formats/tflite/codecs.ts';
import type { Pool2dAttributes } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Prepare } from '../definition/kernel.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { operand, operandOfRank } from '../definition/operands.ts';
import { activation, padding, strides } from '../definition/option-fields.ts';
import { INT32_BYTES } from '../definition/scratch.ts';
import { FLOAT_OR_INTEGERS, estimate, onInt8, WITH_UINT8 } from '../definition/tflm.ts';
import { INT8_INT16 } from '../definition/version-rules.ts';
import { prepareAveragePool2d, prepareL2Pool2d, prepareMaxPool2d } from './pool-arithmetic.ts';
import { windowCounts } from './window-counts.ts';
import { describeWindow, slideWindow } from './window.ts';

type PoolFacts = Pick<OpFacts, 'estimates' | 'kmodel' | 'quantization' | 'tflm'>;

/** A pool over height and width of an NHWC image; it has no multiply-accumulates. */
function definePool<const T extends string>(
  type: T,
  { tflm, ...facts }: PoolFacts,
  prepare: Prepare<Pool2dAttributes>,
): Op<T, Pool2dAttributes> {
  return defineOp({
    type,
    tflite: {
      options: 'Pool2DOptions',
      fields: {
        padding,
        ...strides,
        filterH: ['filter_height', POSITIVE],
        filterW: ['filter_width', POSITIVE],
        activation,
      },
      versions: { runtimes: '1.5.0 1.14.0 2.3.0', types: INT8_INT16 },
    },
    ...facts,
    tflm: {
      limits: { types: FLOAT_OR_INTEGERS },
      oldTypes: WITH_UINT8,
      ...tflm,
    },
    infer(attributes, inputs): TensorInfo[] {
      const input = operandOfRank(inputs, 0, 'input', 4);
      const [outH, outW] = slideWindow(input, attributes.filterH, attributes.filterW, attributes);
      return [{ shape: [input.shape[0], outH, outW, input.shape[3]], dtype: input.dtype }];
    },
    count(attributes, inputs, [output]) {
      const { filterH, filterW } = attributes;
      const geometry = describeWindow(operand(inputs, 0, 'input'), output, [filterH, filterW], attributes);
      return { counts: windowCounts(geometry, 'perChannel') };
    },
    prepare,
  });
}

/** It keeps the scale of its input. */
const CHOOSES: PoolFacts = { quantization: { sameScale: true }, kmodel: { lowering: 'pool' } };

export const maxPool2d = definePool('MAX_POOL_2D', CHOOSES, prepareMaxPool2d);

// arm_avgpool_s8_get_buffer_size: a sum for each channel.
const channelSums = onInt8(({ inputs }) => inputs[0]!.shape[3] * INT32_BYTES);
export const averagePool2d = definePool(
  'AVERAGE_POOL_2D',
  { ...CHOOSES, tflm: { cmsisScratch: channelSums } },
  prepareAveragePool2d,
);

export const l2Pool2d = definePool(
  'L2_POOL_2D',
  {
    tflm: { limits: { types: ['float32 -> float32'] } },
    estimates: {
      float32: estimate(
        { macsInImage: 8, imageRowChannels: 8, outputs: 38, pixels: 36, '1': 355 },
        'float average pool (7 a tap, 24 an output, counted) with a product a tap and a root an output',
      ),
    },
  },
  prepareL2Pool2d,
);
