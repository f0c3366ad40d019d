import { elementCount } from '../../models/graph/graph.ts';
import type { Context, Converter } from './onnx-context.ts';
import { MAP_AXES, type Placed } from './onnx-values.ts';

/** A transpose moves nothing here: what follows is told that the axes are called otherwise. */
const transpose: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  const perm = context.ints(
    node,
    'perm',
    placed.axes.map((_, axis) => placed.axes.length - 1 - axis),
  );
  context.set(node.outputs[0], { ...placed, axes: placed.axes.map((axis) => perm.indexOf(axis)) });
};

/** Sides in ONNX's order. */
function onnxShape({ net }: Context, { tensor, axes }: Placed): number[] {
  const sides: number[] = [];
  axes.forEach((axis, at) => (sides[axis] = net.shapeOf(tensor)[at]));
  return sides;
}

function reshapeTo(context: Context, input: string, sides: readonly number[], name: string): void {
  const placed = context.place(input);
  const before = onnxShape(context, placed);
  const total = elementCount(before);
  const copied = sides.map((side, axis) => (side === 0 ? before[axis] : side));
  const known = elementCount(copied.filter((side) => side !== -1));
  const shape = copied.map((side) => (side === -1 ? total / known : side));
  if (elementCount(shape) !== total)
    context.fail(`cannot reshape [${before.join(', ')}] to [${shape.join(', ')}]`);
  const isMap = String(placed.axes) === String(MAP_AXES);
  const isRow = shape.length === 2 && shape[0] === before[0];
  if (isMap && !isRow && elementCount(before.slice(2)) > 1) {
    context.fail(`reshapes a map to [${shape.join(', ')}]; only a flattening is read`);
  }
  const newShape = context.net.constant(`${name}_shape`, [shape.length], shape, 'int32');
  const tensor = context.net.node('RESHAPE', { newShape: shape }, [placed.tensor, newShape], name);
  const [, channels, height = 1, width = 1] = before;
  context.set(name, {
    ...{ tensor, axes: shape.map((_, axis) => axis) },
    ...(isMap && isRow && { flatFrom: [channels, height, width] as const }),
  });
}

const reshape: Converter = (node, context) => {
  const { values } = context.requireConstant(node.inputs[1], 'shape').tensor;
  reshapeTo(context, node.inputs[0], values, node.outputs[0]);
};

const flatten: Converter = (node, context) => {
  const axis = context.int(node, 'axis', 1);
  const shape = onnxShape(context, context.place(node.inputs[0]));
  const rows = [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))];
  reshapeTo(context, node.inputs[0], rows, node.outputs[0]);
};

const squeeze: Converter = (node, context) => {
  const shape = onnxShape(context, context.place(node.inputs[0]));
  const given = context.constantOf(node.inputs[1])?.tensor.values ?? context.ints(node, 'axes', []);
  const axes = given.map((axis) => (axis + shape.length) % shape.length);
  const isGone = (side: number, axis: number) => (axes.length > 0 ? axes.includes(axis) : side === 1);
  reshapeTo(
    context,
    node.inputs[0],
    shape.filter((side, axis) => !isGone(side, axis)),
    node.outputs[0],
  );
};

/** Mean of height and width, as exporters write a global pool. */
const reduceMean: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const given = context.constantOf(node.inputs[1])?.tensor.values ?? context.ints(node, 'axes', []);
  const axes = given.map((axis) => (axis + 4) % 4).sort((a, b) => a - b);
  if (String(axes) !== '2,3')
    context.fail(`takes the mean over the axes ${axes.join(', ')}; height and width are read`);
  const keepDims = context.int(node, 'keepdims', 1) !== 0;
  const [name] = node.outputs;
  const over = context.net.constant(`${name}_axes`, [2], [1, 2], 'int32');
  const tensor = context.net.node('MEAN', { keepDims }, [input.tensor, over], name);
  context.set(name, { tensor, axes: keepDims ? MAP_AXES : [0, 1] });
};

const concat: Converter = (node, context) => {
  const placed = node.inputs.map((name) => context.place(name));
  const [{ axes }] = placed;
  if (placed.some((one) => String(one.axes) !== String(axes)))
    context.fail('its operands lie in different orders of axes');
  const onnxAxis = (context.int(node, 'axis', 1) + axes.length) % axes.length;
  const attributes = { axis: axes.indexOf(onnxAxis), activation: 'NONE' };
  const inputs = placed.map(({ tensor }) => tensor);
  context.set(node.outputs[0], {
    tensor: context.net.node('CONCATENATION', attributes, inputs, node.outputs[0]),
    axes,
  });
};

const pad: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  const mode = node.attributes.get('mode')?.s ?? 'constant';
  const amounts = context.constantOf(node.inputs[1])?.tensor.values ?? context.ints(node, 'pads', []);
  const rank = placed.axes.length;
  if (mode !== 'constant' || amounts.length !== 2 * rank)
    context.fail('only constant pads of every axis are read');
  const pairs = placed.axes.flatMap((axis) => [amounts[axis], amounts[axis + rank]]);
  const [name] = node.outputs;
  const constant = context.net.constant(`${name}_pads`, [rank, 2], pairs, 'int32');
  context.set(name, { ...placed, tensor: context.net.node('PAD', {}, [placed.tensor, constant], name) });
};

export const MOVES: Readonly<Record<string, Converter>> = {
  ...{ Transpose: transpose, Reshape: reshape, Flatten: flatten, Squeeze: squeeze },
  ...{ ReduceMean: reduceMean, Concat: concat, Pad: pad },
};
