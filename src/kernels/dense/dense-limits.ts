import type { KernelCall, KernelLimits } from '../definition/kernel-limits.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';

const scaleOf = (tensor: TensorInfo | undefined): number | undefined => tensor?.quantization?.scales[0];

function wrongChannels({ inputs: [, weights] }: KernelCall): string | undefined {
  const { scales, axis } = weights!.quantization!;
  const slices = weights!.shape[axis];
  if (scales.length === slices) return undefined;
  return `weights with ${scales.length} scales along an axis of ${slices}; it takes one, or one for each`;
}

/** kernel_util.cc, GetQuantizedConvolutionMultipler: the bias is on the scale of the products, within 2 % of an output step. */
function wrongBias({ inputs: [input, weights, bias], outputs: [output] }: KernelCall): string | undefined {
  const [from, by, biasScale, to] = [input, weights, bias, output].map(scaleOf);
  if (from === undefined || by === undefined || biasScale === undefined || to === undefined) return undefined;
  const apart = Math.abs(from * by - biasScale) / to;
  if (apart <= 0.02) return undefined;
  return `a bias of scale ${biasScale}; it takes ${from * by}, that of input and weights multiplied`;
}

/** fully_connected_common.cc, CalculateOpDataFullyConnected. */
export const DENSE_LIMITS: KernelLimits = {
  types: ['float32 float32 -> float32', 'int8 int8|int4 -> int8', 'int16 int8 -> int16'],
  check(call) {
    const [input, weights] = call.inputs;
    if (input === undefined || input.dtype === 'float32' || weights?.quantization === undefined)
      return undefined;
    return weights.quantization.scales.length > 1 ? wrongChannels(call) : wrongBias(call);
  },
};
