import { SpecError } from '../../errors.ts';
import type { ActivationTable, ConvSections } from '../../models/formats/kmodel/conv-body.ts';
import type { BatchNormWord } from '../../models/formats/kmodel/fields.ts';
import type { KpuLayer } from '../program.ts';
import { leakyTable, linearTable, NORM_UNITS } from './activation-table.ts';
import { layerWords } from './layer-words.ts';
import { clamp } from '../../numbers.ts';
import {
  BYTE_MAX,
  fixedMulOf,
  quantizeWeights,
  roundHalfEven,
  type QuantParam,
  type QuantizedWeights,
} from './quantizer.ts';

const ARG_BITS = 24;
const NORM_BITS = 22;
const MAX_SHIFT = 15;

/** A KPU layer in float32 with the quantization of its maps. */
export interface FloatConv {
  readonly kpu: KpuLayer;
  readonly inputLine: number;
  readonly outputLine: number;
  /** [c_out][c_in][ky][kx], depthwise [c][ky][kx]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly input: QuantParam;
  /** One for all channels, or one each. */
  readonly outputs: readonly QuantParam[];
  /** Slope of a leaky relu; undefined for linear, relu and relu6. */
  readonly leakySlope?: number;
}

/**
 * Words, weights, batch norm and activation of a layer, quantized as ncc 0.1 does (docs/hardware/k210.md#quantizer).
 * Throws a SpecError or FormatError for a constant that its bits cannot hold.
 */
export function convSections(conv: FloatConv): ConvSections {
  const { kpu, input } = conv;
  const weights = quantizeWeights(conv.weights, kpu.outC);
  const { mul: arg_x, shift: shr_x } = fixedMulOf(weights.bias, ARG_BITS, MAX_SHIFT, 'bias of the weights');
  const { mul: arg_w, shift: shr_w } = fixedMulOf(input.bias, ARG_BITS, MAX_SHIFT, 'bias of the input');
  const arg_add = roundHalfEven(weights.bias * input.bias * kpu.kernel * kpu.kernel);
  const pad_value = clamp(roundHalfEven(-input.bias), 0, BYTE_MAX);
  const { inputLine, outputLine } = conv;
  return {
    words: layerWords(kpu, { inputLine, outputLine, pad_value, shr_w, shr_x, arg_w, arg_x, arg_add }),
    weights: weights.bytes,
    batchNorm: Array.from({ length: kpu.outC }, (_, c) => batchNormWord(conv, weights, c)),
    activation: activationOf(conv),
  };
}

function activationOf({ leakySlope, outputs }: FloatConv): ActivationTable {
  if (leakySlope === undefined) return linearTable();
  if (outputs.length === 1) return leakyTable(leakySlope, outputs[0].bias);
  throw new SpecError('a leaky relu has one table for all channels; convert without --channelwise-output');
}

function batchNormWord(
  { input, outputs, bias }: FloatConv,
  { scales }: QuantizedWeights,
  c: number,
): BatchNormWord {
  const output = outputs.length === 1 ? outputs[0] : outputs[c];
  const ratio = (output.scale * NORM_UNITS) / (scales[c] * input.scale);
  const { mul, shift } = fixedMulOf(ratio, NORM_BITS, MAX_SHIFT, `batch norm of channel ${c}`);
  const norm_add = roundHalfEven((bias[c] * output.scale - output.bias) * NORM_UNITS);
  return { norm_mul: mul, norm_add, norm_shift: shift };
}
