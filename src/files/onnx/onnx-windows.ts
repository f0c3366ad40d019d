import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import { placeBias } from './onnx-bias.ts';
import type { Context, Converter } from './onnx-context.ts';
import { alsoOverLines } from './onnx-lines.ts';
import { POOLS } from './onnx-pools.ts';
import { convTranspose } from './onnx-transposed.ts';
import { MAP_AXES } from './onnx-values.ts';
import { padded, padsOf, sides, type Window } from './onnx-window.ts';

/** Conv: weights [out, in / group, height, width] become those of a CONV_2D, or of a DEPTHWISE_CONV_2D where each input has its own. */
export const conv: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const weights = context.requireConstant(node.inputs[1], 'weights');
  const [outputs, perGroup, kernelH, kernelW] = weights.tensor.dims;
  if (weights.tensor.dims.length !== 4)
    context.fail(`has weights of ${weights.tensor.dims.length} axes; 4 are read`);
  const group = context.int(node, 'group', 1);
  const window: Window = {
    kernel: [kernelH, kernelW],
    strides: sides(context, node, 'strides'),
    dilations: sides(context, node, 'dilations'),
  };
  const [name] = node.outputs;
  const pads = padsOf(context, node, window, context.net.shapeOf(input.tensor));
  const { tensor, padding } = padded(context, input.tensor, window, pads, name);
  const isDepthwise = group > 1 && perGroup === 1;
  const { tensor: kernel } = placeKernel(context, node, isDepthwise);
  const bias = placeBias(context, node.inputs[2], outputs, name);
  const common = {
    ...{ padding, activation: 'NONE', strideH: window.strides[0], strideW: window.strides[1] },
    ...{ dilationH: window.dilations[0], dilationW: window.dilations[1] },
  };
  const op = isDepthwise ? 'DEPTHWISE_CONV_2D' : 'CONV_2D';
  const attributes = isDepthwise ? { ...common, depthMultiplier: outputs / group } : common;
  context.set(name, {
    tensor: context.net.node(op, attributes, [tensor, kernel, bias], name),
    axes: MAP_AXES,
  });
};

/** [out, in, height, width] as [out, height, width, in], a depthwise one as [1, height, width, out]. */
function placeKernel(context: Context, node: OnnxNode, isDepthwise: boolean): { readonly tensor: number } {
  const { tensor, quantization } = context.requireConstant(node.inputs[1], 'weights');
  const [outputs, inputs, height, width] = tensor.dims;
  const shape = isDepthwise ? [1, height, width, outputs] : [outputs, height, width, inputs];
  if (tensor.isOpen) return { tensor: context.net.constant(node.inputs[1], shape, undefined) };
  const values = new Array<number>(tensor.values.length);
  let at = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const target = isDepthwise
            ? (y * width + x) * outputs + o
            : ((o * height + y) * width + x) * inputs + i;
          values[target] = tensor.values[at++];
        }
      }
    }
  }
  const placed = context.net.constant(node.inputs[1], shape, values, quantization ? 'int8' : 'float32');
  if (quantization) context.net.quantize(placed, 'int8', { ...quantization, axis: isDepthwise ? 3 : 0 });
  return { tensor: placed };
}

const OVER_MAPS: Readonly<Record<string, Converter>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  ...POOLS,
};

/** Windows over maps, and over signals of one side. */
export const WINDOWS: Readonly<Record<string, Converter>> = Object.fromEntries(
  Object.entries(OVER_MAPS).map(([op, converter]) => [op, alsoOverLines(converter)]),
);
