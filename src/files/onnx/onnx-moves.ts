import { elementCount } from '../../models/graph/graph.ts';
import type { Context, Converter } from './onnx-context.ts';
import { withOnes } from './onnx-constants.ts';
import { LINE_AXES } from './onnx-lines.ts';
import { MAP_AXES, onnxShape, type Placed } from './onnx-values.ts';

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

/** Maps whose channels are split into groups, and back, as channels are shuffled: [b, g, c, h, w] of [b, g c, h, w]. */
function regroup(context: Context, placed: Placed, shape: readonly number[], name: string): boolean {
  const before = onnxShape(context.net, placed);
  const longer = Math.max(before.length, shape.length);
  const isSame = before[0] === shape[0] && String(before.slice(-2)) === String(shape.slice(-2));
  if (!isSame || longer <= 4 || Math.min(before.length, shape.length) !== 4) return false;
  const lastOf = (sides: readonly number[]) => [
    ...[0, sides.length - 2, sides.length - 1],
    ...sides.slice(1, -2).map((_, at) => at + 1),
  ];
  const source = context.lying(placed, lastOf(before), `${name}_lying`);
  const axes = lastOf(shape);
  const sides = axes.map((axis) => shape[axis]);
  context.set(name, { tensor: context.reshape(source.tensor, sides, name), axes });
  return true;
}

/** A signal as a map of one row or column, and back: channels stay the last. */
function straighten(context: Context, placed: Placed, shape: readonly number[], name: string): boolean {
  const before = onnxShape(context.net, placed);
  const isSame = before[0] === shape[0] && before[1] === shape[1];
  const ranks = `${before.length} ${shape.length}`;
  if (!isSame || (ranks !== '3 4' && ranks !== '4 3')) return false;
  const axesOf = (rank: number) => (rank === 4 ? MAP_AXES : LINE_AXES);
  const source = context.lying(placed, axesOf(before.length), `${name}_lying`);
  const axes = axesOf(shape.length);
  const sides = axes.map((axis) => shape[axis]);
  context.set(name, { tensor: context.reshape(source.tensor, sides, name), axes });
  return true;
}

function reshapeTo(context: Context, input: string, sides: readonly number[], name: string): void {
  const placed = context.place(input);
  const before = onnxShape(context.net, placed);
  const total = elementCount(before);
  const copied = sides.map((side, axis) => (side === 0 ? before[axis] : side));
  const known = elementCount(copied.filter((side) => side !== -1));
  const shape = copied.map((side) => (side === -1 ? total / known : side));
  if (elementCount(shape) !== total)
    context.fail(`cannot reshape [${before.join(', ')}] to [${shape.join(', ')}]`);
  if (regroup(context, placed, shape, name) || straighten(context, placed, shape, name)) return;
  flattenTo(context, placed, shape, name);
}

/**
 * A map that becomes a row stays as it lies, and the weights behind it are reordered; anything else is brought into ONNX's order
 * of axes first.
 */
function flattenTo(context: Context, placed: Placed, shape: readonly number[], name: string): void {
  const [batch, channels, height = 1, width = 1] = onnxShape(context.net, placed);
  const axes = shape.map((_, axis) => axis);
  const isMap = [MAP_AXES, LINE_AXES].some((order) => String(placed.axes) === String(order));
  if (isMap && shape.length === 2 && shape[0] === batch) {
    const tensor = context.reshape(placed.tensor, shape, name);
    context.set(name, { tensor, axes, flatFrom: [channels, height, width] });
    return;
  }
  const order = placed.axes.map((_, axis) => axis);
  // Sides of 1 change places without a move.
  const isMoved = placed.axes.filter((axis) => onnxShape(context.net, placed)[axis] > 1);
  const isSorted = isMoved.every((axis, at) => at === 0 || isMoved[at - 1] < axis);
  const source = isSorted ? placed : context.lying(placed, order, `${name}_lying`);
  context.set(name, { tensor: context.reshape(source.tensor, shape, name), axes });
}

const unsqueeze: Converter = (node, context) => {
  const shape = onnxShape(context.net, context.place(node.inputs[0]));
  const axes = context.constantOf(node.inputs[1])?.tensor.values ?? context.ints(node, 'axes', []);
  reshapeTo(context, node.inputs[0], withOnes(shape, axes), node.outputs[0]);
};

const reshape: Converter = (node, context) => {
  const { values } = context.requireConstant(node.inputs[1], 'shape').tensor;
  reshapeTo(context, node.inputs[0], values, node.outputs[0]);
};

const flatten: Converter = (node, context) => {
  const axis = context.int(node, 'axis', 1);
  const shape = onnxShape(context.net, context.place(node.inputs[0]));
  const rows = [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))];
  reshapeTo(context, node.inputs[0], rows, node.outputs[0]);
};

const squeeze: Converter = (node, context) => {
  const shape = onnxShape(context.net, context.place(node.inputs[0]));
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

/** Mean or sum over axes, where they lie here. */
function reduce(op: 'MEAN' | 'SUM'): Converter {
  return (node, context) => {
    const placed = context.place(node.inputs[0]);
    const rank = placed.axes.length;
    const given = context.constantOf(node.inputs[1])?.tensor.values ?? context.ints(node, 'axes', []);
    const over = new Set(given.length > 0 ? given.map((axis) => (axis + rank) % rank) : placed.axes);
    const places = placed.axes.flatMap((axis, at) => (over.has(axis) ? [at] : []));
    const keepDims = context.int(node, 'keepdims', 1) !== 0;
    const [name] = node.outputs;
    const axes = context.net.constant(`${name}_axes`, [places.length], places, 'int32');
    const left = placed.axes.filter((axis) => !over.has(axis));
    const order = [...left].sort((a, b) => a - b);
    context.set(name, {
      tensor: context.net.node(op, { keepDims }, [placed.tensor, axes], name),
      axes: keepDims ? placed.axes : left.map((axis) => order.indexOf(axis)),
    });
  };
}

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

/** Of zeros PAD, of another number PADV2. */
const pad: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  const mode = node.attributes.get('mode')?.s ?? 'constant';
  const amounts = context.constantOf(node.inputs[1])?.tensor.values ?? context.ints(node, 'pads', []);
  const rank = placed.axes.length;
  if (mode !== 'constant' || amounts.length !== 2 * rank)
    context.fail('only constant pads of every axis are read');
  const pairs = placed.axes.flatMap((axis) => [amounts[axis], amounts[axis + rank]]);
  const [name] = node.outputs;
  const value = context.constantOf(node.inputs[2])?.tensor.values[0] ?? context.float(node, 'value', 0);
  const operands = [placed.tensor, context.net.constant(`${name}_pads`, [rank, 2], pairs, 'int32')];
  if (value !== 0) operands.push(context.net.constant(`${name}_value`, [1], [value]));
  const tensor = context.net.node(value === 0 ? 'PAD' : 'PADV2', {}, operands, name);
  context.set(name, { ...placed, tensor });
};

export const MOVES: Readonly<Record<string, Converter>> = {
  ...{ Transpose: transpose, Reshape: reshape, Flatten: flatten, Squeeze: squeeze },
  ...{ Unsqueeze: unsqueeze, ReduceMean: reduce('MEAN'), ReduceSum: reduce('SUM') },
  ...{ Concat: concat, Pad: pad },
};
