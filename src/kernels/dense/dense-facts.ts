import { FLAG } from '../../models/formats/tflite/codecs.ts';
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { activation } from '../definition/option-fields.ts';
import { unpackedWeights } from '../definition/scratch.ts';
import { WITH_UINT8 } from '../definition/tflm.ts';
import { isHybrid, isPerChannel } from '../definition/version-rules.ts';
import { DENSE_LIMITS } from './dense-limits.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { describeOp } from '../definition/define-op.ts';
import { denseCounts } from '../definition/dense-counts.ts';
import { checkBias, fail, operand, operandOfRank, shapeText } from '../definition/operands.ts';

function keepDimensions(shape: readonly number[], inC: number, outC: number): number[] {
  if (shape.at(-1) === inC) return [...shape.slice(0, -1), outC];
  return fail(`keepNumDims needs a last dimension of ${inC} inputs, got ${shapeText(shape)}`);
}

function fullyConnectedVersion(site: Site): number | undefined {
  const [input, weights] = site.inputs;
  if (isHybrid(site)) return isPerChannel(weights) ? 12 : 3;
  if (input?.dtype === 'int16') return weights?.dtype === 'int8' ? undefined : 7;
  if (site.inputs.length === 2) return 6;
  if (site.attributes.keepNumDims) return 5;
  return weights?.dtype === 'int4' ? 10 : undefined;
}

/** Weights [outC, inC]; without keepNumDims the input is flattened to rows of inC elements. */
export const FULLY_CONNECTED = describeOp({
  type: 'FULLY_CONNECTED',
  tflite: {
    options: 'FullyConnectedOptions',
    fields: { activation, keepNumDims: ['keep_num_dims', FLAG] },
    versions: {
      runtimes: '1.5.0 1.10.0 1.14.0 1.14.0 2.0.0 2.1.0 2.3.0 2.3.0 2.3.0',
      types: { int8: 4 },
      rule: fullyConnectedVersion,
    },
  },
  weighted: { data: 0, weights: 1, bias: 2 },
  tflm: {
    scratch: unpackedWeights,
    limits: DENSE_LIMITS,
    oldTypes: WITH_UINT8,
  },
  kmodel: { lowering: 'dense' },
  infer(attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const [outC, inC] = operandOfRank(inputs, 1, 'weights', 2).shape;
    const elements = elementCount(shape);
    if (inC < 1 || elements % inC !== 0) {
      fail(`${elements} input elements are not a multiple of the ${inC} inputs of the weights`);
    }
    checkBias(inputs[2], outC);
    const outShape = attributes.keepNumDims ? keepDimensions(shape, inC, outC) : [elements / inC, outC];
    return [{ shape: outShape, dtype }];
  },
  count(_attributes, inputs) {
    const [outC, inC] = operand(inputs, 1, 'weights').shape;
    const elements = elementCount(operand(inputs, 0, 'input').shape);
    return {
      macs: elements * outC,
      counts: denseCounts({ batches: elements / inC, inChannels: inC, outChannels: outC }),
    };
  },
});
