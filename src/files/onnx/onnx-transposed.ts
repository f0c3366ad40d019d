import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import { placeBias } from './onnx-bias.ts';
import type { Context, Converter } from './onnx-context.ts';
import { cut } from './onnx-cuts.ts';
import { MAP_AXES } from './onnx-values.ts';
import { padsOf, sides, type Pads } from './onnx-window.ts';

/**
 * ConvTranspose: weights [in, out, height, width] become those of a TRANSPOSE_CONV. One that TensorFlow pads otherwise is made
 * whole and cut.
 */
export const convTranspose: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const { tensor: weights, quantization } = context.requireConstant(node.inputs[1], 'weights');
  const [inputs, outputs, kernelH, kernelW] = weights.dims;
  if (context.int(node, 'group', 1) !== 1) {
    context.fail('groups are not read: a TRANSPOSE_CONV has none');
  }
  const dilations = sides(context, node, 'dilations');
  if (dilations.some((side) => side > 1)) context.fail('is dilated: a TRANSPOSE_CONV is not');
  const [kernel, strides] = [[kernelH, kernelW] as const, sides(context, node, 'strides')];
  const [batch, height, width] = context.net.shapeOf(input.tensor);
  const frame = frameOf(context, node, { map: [height, width], kernel, strides });
  const [name] = node.outputs;
  const made = [batch, ...frame.made, outputs];
  const shape = context.net.constant(`${name}_output_shape`, [4], made, 'int32');
  const values = weights.isOpen ? undefined : moved(weights.values, inputs, outputs, kernelH * kernelW);
  const placed = context.net.constant(
    node.inputs[1],
    [outputs, kernelH, kernelW, inputs],
    values,
    quantization ? 'int8' : 'float32',
  );
  if (quantization) context.net.quantize(placed, 'int8', { ...quantization, axis: 0 });
  const bias = placeBias(context, node.inputs[2], outputs, name);
  const attributes = { padding: frame.padding, strideH: strides[0], strideW: strides[1], activation: 'NONE' };
  const operands = [shape, placed, input.tensor, bias];
  const whole = context.net.node('TRANSPOSE_CONV', attributes, operands, name);
  const begins = [0, ...frame.from, 0];
  const ends = [batch, ...frame.from.map((from, axis) => from + frame.sides[axis]), outputs];
  context.set(name, { tensor: cut(context, whole, begins, ends, name), axes: MAP_AXES });
};

/** [in, out, pixels] as [out, pixels, in]. */
function moved(values: readonly number[], inputs: number, outputs: number, pixels: number): number[] {
  const found = new Array<number>(values.length);
  values.forEach((value, at) => {
    const [pixel, output] = [at % pixels, Math.floor(at / pixels) % outputs];
    found[(output * pixels + pixel) * inputs + Math.floor(at / pixels / outputs)] = value;
  });
  return found;
}

interface Given {
  readonly map: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
}

/** How TensorFlow makes the map, and what of it ONNX keeps. */
interface Frame {
  readonly padding: 'SAME' | 'VALID';
  readonly made: readonly number[];
  readonly from: readonly number[];
  readonly sides: readonly number[];
}

function frameOf(context: Context, node: OnnxNode, { map, kernel, strides }: Given): Frame {
  const extra = sidesOr(context, node, 'output_padding', 0);
  const asked = context.ints(node, 'output_shape', []).slice(-2);
  const isAuto = (node.attributes.get('auto_pad')?.s ?? 'NOTSET') === 'SAME_UPPER';
  const whole = map.map((side, axis) => (side - 1) * strides[axis] + kernel[axis]);
  const pads: Pads =
    isAuto || asked.length > 0
      ? padsTo(isAuto ? map.map((side, axis) => side * strides[axis]) : asked, whole, extra)
      : padsOf(context, node, { kernel, strides, dilations: [1, 1] }, [0, ...map]);
  const sidesOut = whole.map((side, axis) => side - pads[axis] - pads[axis + 2] + extra[axis]);
  const isSame = map.every(
    (side, axis) =>
      sidesOut[axis] === side * strides[axis] &&
      pads[axis] === Math.floor(Math.max(0, kernel[axis] - strides[axis]) / 2) &&
      kernel[axis] >= strides[axis],
  );
  if (isSame && pads.some((pad) => pad > 0)) {
    return { padding: 'SAME', made: sidesOut, from: [0, 0], sides: sidesOut };
  }
  // VALID makes as much as the kernels reach, or up to a stride more, as output_padding asks for.
  const from = [pads[0], pads[1]];
  const made = whole.map((side, axis) => Math.max(side, from[axis] + sidesOut[axis]));
  return { padding: 'VALID', made, from, sides: sidesOut };
}

function sidesOr(
  context: Context,
  node: OnnxNode,
  name: string,
  otherwise: number,
): readonly [number, number] {
  const [height, width = height] = context.ints(node, name, [otherwise, otherwise]);
  return [height, width];
}

/** Pads that leave these sides, the larger half behind. */
function padsTo(out: readonly number[], whole: readonly number[], extra: readonly number[]): Pads {
  const total = out.map((side, axis) => Math.max(0, whole[axis] + extra[axis] - side));
  const [top, left] = total.map((pad) => Math.floor(pad / 2));
  return [top, left, total[0] - top, total[1] - left];
}
