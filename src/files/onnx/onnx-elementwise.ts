import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import { valuesOf, type Context, type Converter } from './onnx-context.ts';
import { elementCount } from '../../models/graph/graph.ts';
import { foldInto } from './onnx-dense.ts';
import { MAP_AXES, type Placed } from './onnx-values.ts';

const FUSES = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD']);

/** An activation as converters write it: in the layer before, where nothing else reads that, else of its own. */
function rectify(context: Context, input: string, name: string, activation: 'RELU' | 'RELU6'): void {
  const placed = context.place(input);
  const { net, uses } = context;
  const at = net.makerOf(placed.tensor);
  const maker = net.nodes[at];
  const canFuse =
    maker && FUSES.has(maker.op) && (maker.attributes as { activation: string }).activation === 'NONE';
  if (canFuse && (uses.get(input) ?? 0) <= 1) {
    net.nodes[at] = { ...maker, attributes: { ...maker.attributes, activation } };
    context.set(name, placed);
    return;
  }
  context.set(name, { ...placed, tensor: net.node(activation, {}, [placed.tensor], name) });
}

const relu: Converter = ({ inputs, outputs }, context) => rectify(context, inputs[0], outputs[0], 'RELU');

/** Clip to [0, 6] is RELU6, to [0, ...) RELU; others have no kernel of their own. */
const clip: Converter = (node, context) => {
  const bound = (index: number, name: string) =>
    context.constantOf(node.inputs[index])?.tensor.values[0] ?? node.attributes.get(name)?.f;
  const [low = -Infinity, high = Infinity] = [bound(1, 'min'), bound(2, 'max')];
  if (low === 0 && high === 6) rectify(context, node.inputs[0], node.outputs[0], 'RELU6');
  else if (low === 0 && high > 1e30) rectify(context, node.inputs[0], node.outputs[0], 'RELU');
  else bounded(context, node, low, high);
};

/** Other bounds are a MINIMUM and a MAXIMUM, as TensorFlow's clip_by_value is converted. */
function bounded(context: Context, node: OnnxNode, low: number, high: number): void {
  const placed = context.place(node.inputs[0]);
  const [name] = node.outputs;
  const { net } = context;
  const { dtype } = net.tensors[placed.tensor];
  if (dtype !== 'float32') context.fail(`clips ${dtype} to [${low}, ${high}]; [0, 6] and [0, ...) are read`);
  const limit = (op: 'MINIMUM' | 'MAXIMUM', tensor: number, value: number): number =>
    Math.abs(value) > 1e30
      ? tensor
      : net.node(op, {}, [tensor, net.constant(`${name}_${op}`, [1], [value])], `${name}_${op}`);
  const below = limit('MINIMUM', placed.tensor, high);
  context.set(name, { ...placed, tensor: limit('MAXIMUM', below, low) });
}

function unary(
  op: string,
  attributesOf: (node: Parameters<Converter>[0], context: Context) => object = () => ({}),
): Converter {
  return (node, context) => {
    const placed = context.place(node.inputs[0]);
    const tensor = context.net.node(op, attributesOf(node, context), [placed.tensor], node.outputs[0]);
    context.set(node.outputs[0], { ...placed, tensor });
  };
}

/** A constant in the order of axes that the other operand lies in, its leading ones filled up. */
function besides(context: Context, name: string, { axes }: Placed): number {
  const constant = context.constantOf(name);
  const placed = context.net.placed.get(name);
  if (!constant || placed) return matching(context, context.place(name), axes);
  const { dims } = constant.tensor;
  const full = [...new Array<number>(axes.length - dims.length).fill(1), ...dims];
  const shape = axes.map((axis) => full[axis]);
  // Only one side is longer than 1 where axes change places, so that the order of the numbers stays.
  if (String(axes) === String(MAP_AXES) && full.filter((side) => side > 1).length > 1) {
    context.fail(`adds a constant of [${dims.join(', ')}] to a map; one number a channel is read`);
  }
  return context.net.constant(name, shape, valuesOf(constant.tensor));
}

function matching(context: Context, placed: Placed, axes: readonly number[]): number {
  if (placed.axes.length !== axes.length) context.fail('its operands have different numbers of axes');
  return context.lying(placed, axes, `${context.net.tensors[placed.tensor].name}_lying`).tensor;
}

type Binary = 'ADD' | 'SUB' | 'MUL' | 'DIV' | 'MAXIMUM' | 'MINIMUM';

/** Max and Min have no activation to fuse. */
const attributesOfBinary = (op: Binary): object =>
  op === 'MAXIMUM' || op === 'MINIMUM' ? {} : { activation: 'NONE' };

function binary(op: Binary): Converter {
  return (node, context) => {
    const [name] = node.outputs;
    const isFirstConstant = context.constantOf(node.inputs[0]) !== undefined;
    const [main, other] = isFirstConstant ? [node.inputs[1], node.inputs[0]] : node.inputs;
    const placed = context.place(main);
    const added = context.constantOf(other)?.tensor.values;
    if (added && isBias(context, placed, added) && foldPerOutput(op, context, placed, added, main)) {
      context.set(name, placed);
      return;
    }
    const operands = [placed.tensor, besides(context, other, placed)];
    if (isFirstConstant) operands.reverse();
    context.set(name, { ...placed, tensor: context.net.node(op, attributesOfBinary(op), operands, name) });
  };
}

/** Operators of any number of operands, two by two: the sum of the first two and the third, and so on. */
function chained(op: Binary): Converter {
  const pair = binary(op);
  return (node, context) => {
    const [first, ...others] = node.inputs;
    const [name] = node.outputs;
    if (others.length === 0) context.set(name, context.place(first));
    others.reduce((sum, other, at) => {
      const output = at === others.length - 1 ? name : `${name}_${at}`;
      pair({ ...node, inputs: [sum, other], outputs: [output] }, context);
      return output;
    }, first);
  };
}

/** Slopes of a PRelu, one a channel or one of all. */
const prelu: Converter = (node, context) => {
  const placed = context.place(node.inputs[0]);
  const { tensor: slopes } = context.requireConstant(node.inputs[1], 'slopes');
  const isEach = elementCount(slopes.dims) > 1;
  // TensorFlow's slopes have no batch.
  const shape = placed.axes.slice(1).map((axis) => (isEach && axis === 1 ? elementCount(slopes.dims) : 1));
  const constant = context.net.constant(node.inputs[1], shape, valuesOf(slopes));
  const tensor = context.net.node('PRELU', {}, [placed.tensor, constant], node.outputs[0]);
  context.set(node.outputs[0], { ...placed, tensor });
};

/** One number an output of the layer before. */
function isBias({ net }: Context, { tensor }: Placed, values: readonly number[]): boolean {
  return values.length > 1 && values.length === net.shapeOf(tensor).at(-1);
}

/** Sums and products of one number an output go into the weights and bias of the layer before. */
function foldPerOutput(
  op: Binary,
  context: Context,
  { tensor }: Placed,
  values: readonly number[],
  name: string,
): boolean {
  const all = (value: number) => values.map(() => value);
  if (op === 'ADD') return foldInto(context, tensor, all(1), values, name);
  return op === 'MUL' && foldInto(context, tensor, values, all(0), name);
}

const same: Converter = ({ inputs, outputs }, context) => context.set(outputs[0], context.place(inputs[0]));

/** Over the last axis here; a value that lies otherwise is transposed. */
function overLast(op: 'SOFTMAX' | 'LOG_SOFTMAX', attributes: object): Converter {
  return (node, context) => {
    const placed = context.place(node.inputs[0]);
    const rank = placed.axes.length;
    // Until opset 13 the axes from 1 on were one row.
    const axis = (context.int(node, 'axis', context.opset < 13 ? 1 : -1) + rank) % rank;
    const order = [...placed.axes.filter((one) => one !== axis), axis];
    const source = context.lying(placed, order, `${node.outputs[0]}_lying`);
    const tensor = context.net.node(op, attributes, [source.tensor], node.outputs[0]);
    context.set(node.outputs[0], { ...source, tensor });
  };
}

const UNARIES: readonly (readonly [onnx: string, op: string])[] = [
  ...([
    ['Sigmoid', 'LOGISTIC'],
    ['Tanh', 'TANH'],
    ['HardSwish', 'HARD_SWISH'],
  ] as const),
  ...([
    ['Abs', 'ABS'],
    ['Neg', 'NEG'],
    ['Exp', 'EXP'],
    ['Log', 'LOG'],
    ['Sqrt', 'SQRT'],
  ] as const),
  ...([
    ['Floor', 'FLOOR'],
    ['Ceil', 'CEIL'],
    ['Round', 'ROUND'],
    ['Sin', 'SIN'],
    ['Cos', 'COS'],
  ] as const),
];

export const ELEMENTWISE: Readonly<Record<string, Converter>> = {
  ...{ Relu: relu, Clip: clip, PRelu: prelu, Identity: same, Dropout: same },
  ...{ Softmax: overLast('SOFTMAX', { beta: 1 }), LogSoftmax: overLast('LOG_SOFTMAX', {}) },
  ...Object.fromEntries(UNARIES.map(([onnx, op]) => [onnx, unary(op)])),
  LeakyRelu: unary('LEAKY_RELU', (node, context) => ({ alpha: context.float(node, 'alpha', 0.01) })),
  ...{ Add: binary('ADD'), Sub: binary('SUB'), Mul: binary('MUL'), Div: binary('DIV') },
  Elu: unary('ELU', (node, context) => {
    const alpha = context.float(node, 'alpha', 1);
    return alpha === 1 ? {} : context.fail(`has the slope ${alpha}; TensorFlow's is 1`);
  }),
  ...{ Sum: chained('ADD'), Max: chained('MAXIMUM'), Min: chained('MINIMUM') },
};
