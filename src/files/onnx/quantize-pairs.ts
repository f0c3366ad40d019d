import type { DType, Quantization, Tensor } from '../../models/graph/graph.ts';
import type { Context, Converter } from './onnx-context.ts';
import type { Growing } from './onnx-values.ts';

/** Scale and zero point of a QuantizeLinear or DequantizeLinear; bytes without a sign are told with one, as kernels have them. */
function quantizationOf(
  node: Parameters<Converter>[0],
  context: Context,
): Quantization & { readonly isUnsigned: boolean } {
  const scales = context.requireConstant(node.inputs[1], 'scale').tensor.values;
  const zero = context.constantOf(node.inputs[2])?.tensor;
  // Without a zero point it is 0 of uint8.
  const isUnsigned = (zero?.dataType ?? 2) === 2;
  const zeroPoints = scales.map(
    (_, at) => (zero?.values[at] ?? zero?.values[0] ?? 0) - (isUnsigned ? 128 : 0),
  );
  return { scales, zeroPoints, axis: context.int(node, 'axis', 1), isUnsigned };
}

/** A quantized activation is the tensor itself, stored in a byte. */
export const quantizeLinear: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  const { scales, zeroPoints } = quantizationOf(node, context);
  context.net.quantize(placed.tensor, 'int8', { scales, zeroPoints, axis: 0 });
  context.set(node.outputs[0], placed);
};

export const dequantizeLinear: Converter = (node, context) => {
  const [input] = node.inputs;
  const [output] = node.outputs;
  const constant = context.constantOf(input);
  if (!constant) {
    context.set(output, context.place(input));
    return;
  }
  const { isUnsigned, ...quantization } = quantizationOf(node, context);
  const is32 = constant.tensor.dataType === 6;
  const values =
    isUnsigned && !is32 ? constant.tensor.values.map((value) => value - 128) : constant.tensor.values;
  const zeroPoints = is32 ? quantization.scales.map(() => 0) : quantization.zeroPoints;
  context.constants.set(output, {
    tensor: { ...constant.tensor, values },
    quantization: { ...quantization, zeroPoints },
  });
};

/**
 * In a quantized network what no pair speaks of is quantized as what it is made of: pools and moves keep the scale, biases have
 * that of input times weights.
 */
export function fillQuantization(net: Growing): void {
  const isQuantized = net.tensors.some(({ dtype, quantization }) => dtype === 'int8' && quantization);
  if (!isQuantized) return;
  for (const { op, inputs, outputs } of net.nodes) {
    const [first, weights, third, fourth] = inputs.map((tensor) => net.tensors[tensor] as Tensor | undefined);
    const [input, bias] = op === 'TRANSPOSE_CONV' ? [third, fourth] : [first, third];
    const from = input?.quantization ?? weights?.quantization;
    for (const output of outputs) {
      if (net.tensors[output].dtype === 'float32' && from) net.quantize(output, 'int8', from);
    }
    if (bias?.isConstant && bias.dtype === 'float32' && input?.quantization && weights?.quantization) {
      storeBias(net, inputs.at(-1)!, input.quantization.scales[0], weights.quantization.scales);
    }
  }
}

function storeBias(net: Growing, tensor: number, inputScale: number, weightScales: readonly number[]): void {
  const { data, ...rest } = net.tensors[tensor];
  const scales = weightScales.map((scale) => scale * inputScale);
  const floats = new Float32Array(data!.slice().buffer);
  const values = Int32Array.from(floats, (value, at) => Math.round(value / (scales[at] ?? scales[0])));
  const dtype: DType = 'int32';
  const quantization = { scales, zeroPoints: scales.map(() => 0), axis: 0 };
  net.tensors[tensor] = { ...rest, dtype, data: new Uint8Array(values.buffer), quantization };
}
