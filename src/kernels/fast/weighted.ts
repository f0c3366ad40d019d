import type { Activation } from '../../models/attributes.ts';
import type { TensorInfo } from '../../models/graph.ts';
import { constantData, type NumericData } from '../kernel.ts';
import type { Operands } from '../op.ts';
import { prepareRescale, type Rescale } from '../rescale.ts';

/** Operands of a fast op with weights: all int8, weights and bias constant. */
export interface FastWeighted {
  readonly input: TensorInfo;
  readonly weightShape: readonly number[];
  readonly weights: NumericData;
  readonly bias: NumericData;
  readonly rescale: Rescale;
}

/** The operands where a fast kernel takes them, else undefined; the plain kernel then says what is wrong, if anything. */
export function readWeighted(
  inputs: Operands,
  output: TensorInfo,
  channels: number,
  activation: Activation,
  floatProduct: boolean,
): FastWeighted | undefined {
  const [input, weights, bias] = inputs;
  if (input?.dtype !== 'int8' || weights?.dtype !== 'int8' || output.dtype !== 'int8') return undefined;
  if (input.data !== undefined || weights.data === undefined) return undefined;
  if (bias !== undefined && (bias.data === undefined || bias.dtype !== 'int32')) return undefined;
  return {
    input,
    weightShape: weights.shape,
    weights: constantData(weights, 'weights') as NumericData,
    bias: bias === undefined ? new Int32Array(0) : (constantData(bias, 'bias') as NumericData),
    rescale: prepareRescale({ input, weights, bias, output }, channels, activation, floatProduct),
  };
}
