import { elementCount } from '../../models/graph/graph.ts';
import type { OnnxNode, OnnxTensor } from '../../models/formats/onnx/read-proto.ts';
import type { Context } from './onnx-context.ts';
import { rangeOf } from './onnx-cuts.ts';
import { onnxShape } from './onnx-values.ts';

/** Of more equal numbers than these nobody has trained one: they stand for weights that a file leaves out. */
const MOST_FILLED = 4096;
const INT64 = 7;

type Fold = (node: OnnxNode, inputs: readonly OnnxTensor[], context: Context) => Omit<OnnxTensor, 'name'>;

const made = (dims: readonly number[], values: readonly number[], dataType: number) => ({
  ...{ dims, values, dataType, isExternal: false },
});

/** Equal numbers in a shape; of many the shape alone, as weights that are not known. */
const constantOfShape: Fold = ({ attributes }, [shape]) => {
  const { values: [value = 0] = [], dataType = 1 } = attributes.get('value')?.t ?? {};
  const dims = shape.values;
  const count = elementCount(dims);
  if (count > MOST_FILLED) return { ...made(dims, [], dataType), isOpen: true };
  return made(dims, new Array<number>(count).fill(value), dataType);
};

/** The same numbers in another shape. */
const reshaped =
  (sidesOf: (node: OnnxNode, inputs: readonly OnnxTensor[], context: Context) => readonly number[]): Fold =>
  (node, inputs, context) => ({ ...inputs[0], dims: sidesOf(node, inputs, context) });

const axesOf = (node: OnnxNode, inputs: readonly OnnxTensor[], context: Context): readonly number[] =>
  inputs[1]?.values ?? context.ints(node, 'axes', []);

const unsqueezed = reshaped((node, inputs, context) =>
  withOnes(inputs[0].dims, axesOf(node, inputs, context)),
);

const squeezed = reshaped((node, inputs, context) => {
  const { dims } = inputs[0];
  const axes = axesOf(node, inputs, context).map((axis) => (axis + dims.length) % dims.length);
  return dims.filter((side, axis) => (axes.length > 0 ? !axes.includes(axis) : side !== 1));
});

const toShape = reshaped((_node, [{ dims }, { values }], context) => {
  const copied = values.map((side, axis) => (side === 0 ? dims[axis] : side));
  const known = elementCount(copied.filter((side) => side !== -1));
  const shape = copied.map((side) => (side === -1 ? elementCount(dims) / known : side));
  if (elementCount(shape) !== elementCount(dims)) context.fail(`cannot reshape [${dims.join(', ')}]`);
  return shape;
});

/** Sides with a 1 at each of the axes, which are those of the result. */
export function withOnes(dims: readonly number[], axes: readonly number[]): readonly number[] {
  const rank = dims.length + axes.length;
  const ones = new Set(axes.map((axis) => (axis + rank) % rank));
  const rest = [...dims];
  return Array.from({ length: rank }, (_, axis) => (ones.has(axis) ? 1 : rest.shift()!));
}

/** A transposed matrix, as exporters store the weights of a Dense. */
const transposed: Fold = (node, [tensor], context) => {
  const { dims, values } = tensor;
  const perm = context.ints(node, 'perm', [1, 0]);
  if (dims.length !== 2 || String(perm) !== '1,0') context.fail('transposes a constant that is no matrix');
  const [rows, columns] = dims;
  const moved = values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)]);
  return { ...tensor, dims: [columns, rows], values: moved };
};

/** Entries of a list, as exporters take sides out of a shape. */
const gathered: Fold = (node, [list, indices], context) => {
  if (list.dims.length !== 1 || context.int(node, 'axis', 0) !== 0) context.fail('gathers from no list');
  const length = list.values.length;
  const values = indices.values.map((at) => list.values[at < 0 ? at + length : at]);
  if (values.includes(undefined as never)) context.fail(`gathers beyond the ${length} entries of a list`);
  return { ...list, dims: indices.dims, values };
};

const joined: Fold = (_node, inputs, context) => {
  if (inputs.some(({ dims }) => dims.length !== 1)) context.fail('joins constants that are no lists');
  const values = inputs.flatMap((one) => one.values);
  return { ...inputs[0], dims: [values.length], values };
};

/** A part of a list, as exporters take sides out of a shape. */
const sliced: Fold = (node, [list, ...more], context) => {
  if (list.dims.length !== 1) context.fail('slices a constant that is no list');
  const given = (at: number, name: string, otherwise: number) =>
    more[at]?.values[0] ?? context.ints(node, name, [otherwise])[0];
  const step = given(3, 'steps', 1);
  const [from, to] = rangeOf(list.values.length, given(0, 'starts', 0), given(1, 'ends', 0), step);
  const values = list.values.filter((_, at) => at >= from && at < to && (at - from) % step === 0);
  return { ...list, dims: [values.length], values };
};

const FOLDS: Readonly<Record<string, Fold>> = {
  ...{ ConstantOfShape: constantOfShape, Unsqueeze: unsqueezed, Squeeze: squeezed, Reshape: toShape },
  ...{ Transpose: transposed, Gather: gathered, Concat: joined, Slice: sliced },
  Identity: (_node, [tensor]) => tensor,
  Cast: (node, [tensor], context) => ({ ...tensor, dataType: context.int(node, 'to', 1) }),
};

/** Operators that are read where all that they take is constant. */
export const FOLDED: readonly string[] = [...Object.keys(FOLDS), 'Shape'];

/** Works out an operator on constants, and the shape of a value, into a constant; false for anything else. */
export function foldConstant(node: OnnxNode, context: Context): boolean {
  const [name] = node.outputs;
  const keep = (tensor: Omit<OnnxTensor, 'name'>): true => {
    context.constants.set(name, { tensor: { ...tensor, name } });
    return true;
  };
  const given = node.inputs.filter((input) => input !== '').map((input) => context.constantOf(input));
  if (node.op === 'Shape') {
    const sides = given[0]?.tensor.dims ?? onnxShape(context.net, context.place(node.inputs[0]));
    return keep(made([sides.length], sides, INT64));
  }
  const fold = FOLDS[node.op];
  const isPlain = given.every((constant) => constant !== undefined && constant.quantization === undefined);
  if (!fold || given.length === 0 || !isPlain) return false;
  return keep(
    fold(
      node,
      given.map((constant) => constant!.tensor),
      context,
    ),
  );
}
