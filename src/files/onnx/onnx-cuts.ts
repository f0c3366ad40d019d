import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import type { Context, Converter } from './onnx-context.ts';
import { onnxShape } from './onnx-values.ts';

const PLAIN = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };

/** A part of a tensor, in its own order of axes; the tensor itself where that is all of it. */
export function cut(
  { net }: Context,
  tensor: number,
  begins: readonly number[],
  ends: readonly number[],
  name: string,
  steps: readonly number[] = begins.map(() => 1),
): number {
  const shape = net.shapeOf(tensor);
  if (shape.every((side, axis) => begins[axis] === 0 && ends[axis] === side && steps[axis] === 1))
    return tensor;
  const operands = [begins, ends, steps].map((values, at) =>
    net.constant(`${name}_${['begin', 'end', 'strides'][at]}`, [shape.length], values, 'int32'),
  );
  return net.node('STRIDED_SLICE', PLAIN, [tensor, ...operands], `${name}_cut`);
}

/** Numbers of an input, or of the attribute that older operators have instead. */
const listOf = (context: Context, node: OnnxNode, at: number, name: string): readonly number[] | undefined =>
  context.constantOf(node.inputs[at])?.tensor.values ?? node.attributes.get(name)?.ints;

/** Where a slice begins and ends on a side, as ONNX counts: from the end below 0, and no further than the side. */
export function rangeOf(side: number, from: number, to: number, step: number): readonly [number, number] {
  const [low, high] = step > 0 ? [0, side] : [-1, side - 1];
  const place = (at: number): number => Math.min(high, Math.max(low, at < 0 ? at + side : at));
  return [Math.max(0, place(from)), place(to)];
}

const slice: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  for (const at of [1, 2, 3, 4]) {
    if (node.inputs[at]) context.requireConstant(node.inputs[at], 'begin, end, axes and steps');
  }
  const shape = onnxShape(context.net, placed);
  const starts = listOf(context, node, 1, 'starts') ?? context.fail('does not say where it begins');
  const ends = listOf(context, node, 2, 'ends') ?? context.fail('does not say where it ends');
  const axes = listOf(context, node, 3, 'axes') ?? starts.map((_, axis) => axis);
  const steps = listOf(context, node, 4, 'steps') ?? starts.map(() => 1);
  if (steps.some((step) => step < 1)) context.fail('steps backwards, which is not read');
  const ranges = new Map(
    axes.map((axis, at) => {
      const own = (axis + shape.length) % shape.length;
      return [own, [...rangeOf(shape[own], starts[at], ends[at], steps[at]), steps[at]] as const];
    }),
  );
  const kept = placed.axes.map((axis) => ranges.get(axis) ?? ([0, shape[axis], 1] as const));
  if (kept.some(([from, to]) => from >= to)) context.fail('keeps nothing');
  const [name] = node.outputs;
  const [begin, end, step] = [0, 1, 2].map((at) => kept.map((one) => one[at]));
  context.set(name, { ...withoutOrder(placed), tensor: cut(context, placed.tensor, begin, end, name, step) });
};

/** A part of a row that was a map is no map's row. */
const withoutOrder = ({ axes }: { readonly axes: readonly number[] }) => ({ axes });

/** Equal parts are a SPLIT, others a SPLIT_V. */
const split: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  const shape = onnxShape(context.net, placed);
  const axis = (context.int(node, 'axis', 0) + shape.length) % shape.length;
  const count = node.outputs.length;
  const part = Math.ceil(shape[axis] / count);
  const equal = node.outputs.map((_, at) => Math.min(part, shape[axis] - at * part));
  if (node.inputs[1]) context.requireConstant(node.inputs[1], 'lengths');
  const lengths = listOf(context, node, 1, 'split') ?? equal;
  const { net } = context;
  const [name] = node.outputs;
  const at = net.constant(`${name}_axis`, [], [placed.axes.indexOf(axis)], 'int32');
  const isEqual = lengths.every((length) => length === lengths[0]);
  const sizes = isEqual ? [] : [net.constant(`${name}_lengths`, [count], lengths, 'int32')];
  const operands = isEqual ? [at, placed.tensor] : [placed.tensor, ...sizes, at];
  const made = net.nodeOfMany(isEqual ? 'SPLIT' : 'SPLIT_V', { splits: count }, operands, node.outputs);
  node.outputs.forEach((output, index) =>
    context.set(output, { ...withoutOrder(placed), tensor: made[index] }),
  );
};

export const CUTS: Readonly<Record<string, Converter>> = { Slice: slice, Split: split };
