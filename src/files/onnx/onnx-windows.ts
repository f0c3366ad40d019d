import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import { valuesOf, type Context, type Converter } from './onnx-context.ts';
import { alsoOverLines } from './onnx-lines.ts';
import { MAP_AXES } from './onnx-values.ts';

/** Reads a window that is given as one number, or as height and width. */
function sides(context: Context, node: OnnxNode, name: string): readonly [number, number] {
  const [height, width = height] = context.ints(node, name, [1, 1]);
  return [height, width];
}

interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

type Pads = readonly [top: number, left: number, bottom: number, right: number];

function padsOf(context: Context, node: OnnxNode, window: Window, input: readonly number[]): Pads {
  const auto = node.attributes.get('auto_pad')?.s ?? 'NOTSET';
  if (auto === 'VALID') return [0, 0, 0, 0];
  if (auto === 'SAME_UPPER') return samePads(window, input);
  if (auto !== 'NOTSET') context.fail(`auto_pad ${auto} is not read`);
  const [top = 0, left = 0, bottom = top, right = left] = context.ints(node, 'pads', [0, 0, 0, 0]);
  return [top, left, bottom, right];
}

/** What SAME pads, as TensorFlow computes it. */
function samePads({ kernel, strides, dilations }: Window, [, height, width]: readonly number[]): Pads {
  const [top, bottom] = samePad(height, kernel[0], strides[0], dilations[0]);
  const [left, right] = samePad(width, kernel[1], strides[1], dilations[1]);
  return [top, left, bottom, right];
}

function samePad(side: number, kernel: number, stride: number, dilation: number): readonly [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + reach - side);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** SAME or VALID where the pads are those, else VALID behind a PAD. */
function padded(context: Context, tensor: number, window: Window, pads: Pads, name: string) {
  if (pads.every((pad) => pad === 0)) return { tensor, padding: 'VALID' };
  if (String(pads) === String(samePads(window, context.net.shapeOf(tensor))))
    return { tensor, padding: 'SAME' };
  const [top, left, bottom, right] = pads;
  const amounts = context.net.constant(
    `${name}_pads`,
    [4, 2],
    [0, 0, top, bottom, left, right, 0, 0],
    'int32',
  );
  return { tensor: context.net.node('PAD', {}, [tensor, amounts], `${name}_padded`), padding: 'VALID' };
}

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

/** The bias of a layer; one of zeros where it has none, as .tflite files have it. */
export function placeBias(
  context: Context,
  name: string | undefined,
  outputs: number,
  layer: string,
): number {
  const given = context.constantOf(name);
  if (name !== undefined && name !== '' && !given) context.fail('its bias must be constant');
  const values = given ? valuesOf(given.tensor) : new Array<number>(outputs).fill(0);
  const tensor = context.net.constant(
    name ?? `${layer}_bias`,
    [outputs],
    values,
    given?.quantization ? 'int32' : 'float32',
  );
  if (given?.quantization) context.net.quantize(tensor, 'int32', { ...given.quantization, axis: 0 });
  return tensor;
}

function pool(op: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D'): Converter {
  return (node, context) => {
    const input = context.map(node.inputs[0]);
    const [kernelH, kernelW] = sides(context, node, 'kernel_shape');
    const shape = context.net.shapeOf(input.tensor);
    const window: Window = {
      ...{ kernel: [kernelH, kernelW], strides: sides(context, node, 'strides') },
      dilations: sides(context, node, 'dilations'),
    };
    if (window.dilations.some((side) => side > 1)) context.fail('a dilated pool is not read');
    const [name] = node.outputs;
    const pads = roundUp(context, node, window, padsOf(context, node, window, shape), shape);
    const { tensor, padding } = padded(context, input.tensor, window, pads, name);
    const attributes = {
      ...{ padding, filterH: kernelH, filterW: kernelW, activation: 'NONE' },
      ...{ strideH: window.strides[0], strideW: window.strides[1] },
    };
    context.set(name, { tensor: context.net.node(op, attributes, [tensor], name), axes: MAP_AXES });
  };
}

/** With ceil_mode the last window may reach beyond the map: what it reaches is padded. */
function roundUp(
  context: Context,
  node: OnnxNode,
  { kernel, strides }: Window,
  pads: Pads,
  shape: readonly number[],
): Pads {
  if (context.int(node, 'ceil_mode', 0) === 0) return pads;
  const more = [0, 1].map((axis) => {
    const room = shape[1 + axis] + pads[axis] + pads[axis + 2] - kernel[axis];
    return Math.ceil(room / strides[axis]) * strides[axis] - room;
  });
  return [pads[0], pads[1], pads[2] + more[0], pads[3] + more[1]];
}

/** Mean of the whole map, its sides kept as 1. */
const globalMean: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const [name] = node.outputs;
  const axes = context.net.constant(`${name}_axes`, [2], [1, 2], 'int32');
  const tensor = context.net.node('MEAN', { keepDims: true }, [input.tensor, axes], name);
  context.set(name, { tensor, axes: MAP_AXES });
};

const globalMaximum: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const [, filterH, filterW] = context.net.shapeOf(input.tensor);
  const attributes = {
    padding: 'VALID',
    filterH,
    filterW,
    strideH: filterH,
    strideW: filterW,
    activation: 'NONE',
  };
  const [name] = node.outputs;
  context.set(name, {
    tensor: context.net.node('MAX_POOL_2D', attributes, [input.tensor], name),
    axes: MAP_AXES,
  });
};

const OVER_MAPS: Readonly<Record<string, Converter>> = {
  Conv: conv,
  MaxPool: pool('MAX_POOL_2D'),
  AveragePool: pool('AVERAGE_POOL_2D'),
  GlobalAveragePool: globalMean,
  GlobalMaxPool: globalMaximum,
};

/** Windows over maps, and over signals of one side. */
export const WINDOWS: Readonly<Record<string, Converter>> = Object.fromEntries(
  Object.entries(OVER_MAPS).map(([op, converter]) => [op, alsoOverLines(converter)]),
);
