import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import type { Context, Converter } from './onnx-context.ts';
import { MAP_AXES } from './onnx-values.ts';
import { isNone, padMap, padsOf, samePads, sides, type Pads, type Window } from './onnx-window.ts';

/** Lowest number of a float and of a byte: what a maximum pads with. */
const LOWEST: Readonly<Record<string, number>> = { float32: -3.4028234663852886e38, int8: -128 };
/** Windows of a mean that each divide by a number of their own: a table of 16 MB, where a file of a kilobyte may ask for any. */
const MOST_DIVISORS = 2 ** 22;
const NOT_NEGATIVE = new Set(['RELU', 'RELU6', 'LOGISTIC', 'SOFTMAX']);

function windowOf(context: Context, node: OnnxNode): Window {
  const window: Window = {
    kernel: sides(context, node, 'kernel_shape'),
    strides: sides(context, node, 'strides'),
    dilations: sides(context, node, 'dilations'),
  };
  if (window.dilations.some((side) => side > 1)) {
    context.fail('a dilated pool is not read: TensorFlow Lite Micro has none');
  }
  return window;
}

/** What rounding up adds behind: with ceil_mode the last window may reach beyond the map. */
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
    const steps = Math.ceil(room / strides[axis]);
    // A window that would begin behind the map and its pads is none.
    const isBehind = steps * strides[axis] >= shape[1 + axis] + pads[axis];
    return (isBehind ? steps - 1 : steps) * strides[axis] - room;
  });
  return [pads[0], pads[1], pads[2] + Math.max(0, more[0]), pads[3] + Math.max(0, more[1])];
}

interface Pool {
  readonly op: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D';
  readonly tensor: number;
  readonly padding: string;
  readonly window: Window;
}

function place(context: Context, { op, tensor, padding, window }: Pool, name: string): number {
  const [[filterH, filterW], [strideH, strideW]] = [window.kernel, window.strides];
  const attributes = { padding, filterH, filterW, strideH, strideW, activation: 'NONE' };
  return context.net.node(op, attributes, [tensor], name);
}

/** Whether no number of a tensor can be below 0, so that zeros around it never win. */
function isNotNegative({ net }: Context, tensor: number): boolean {
  const maker = net.nodes[net.makerOf(tensor)];
  if (!maker) return false;
  const { activation = '' } = maker.attributes as { activation?: string };
  return NOT_NEGATIVE.has(maker.op) || NOT_NEGATIVE.has(activation);
}

const maxPool: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const window = windowOf(context, node);
  const [name] = node.outputs;
  const shape = context.net.shapeOf(input.tensor);
  const pads = roundUp(context, node, window, padsOf(context, node, window, shape), shape);
  const isSame = String(pads) === String(samePads(window, shape));
  const padding = isSame && !isNone(pads) ? 'SAME' : 'VALID';
  const value = isNotNegative(context, input.tensor)
    ? undefined
    : LOWEST[context.net.tensors[input.tensor].dtype];
  const tensor = isNone(pads) || isSame ? input.tensor : padMap(context, input.tensor, pads, name, value);
  context.set(name, {
    tensor: place(context, { op: 'MAX_POOL_2D', tensor, padding, window }, name),
    axes: MAP_AXES,
  });
};

const averagePool: Converter = (node, context) => {
  const input = context.map(node.inputs[0]);
  const window = windowOf(context, node);
  const [name] = node.outputs;
  const shape = context.net.shapeOf(input.tensor);
  const given = padsOf(context, node, window, shape);
  const pads = roundUp(context, node, window, given, shape);
  const countsPads = context.int(node, 'count_include_pad', 0) !== 0;
  const isSame = String(pads) === String(samePads(window, shape));
  if (isNone(pads) || (isSame && !countsPads)) {
    const padding = isNone(pads) ? 'VALID' : 'SAME';
    const pool: Pool = { op: 'AVERAGE_POOL_2D', tensor: input.tensor, padding, window };
    context.set(name, { tensor: place(context, pool, name), axes: MAP_AXES });
    return;
  }
  const tensor = padMap(context, input.tensor, pads, name);
  const pooled = place(context, { op: 'AVERAGE_POOL_2D', tensor, padding: 'VALID', window }, name);
  const [, height, width] = context.net.shapeOf(pooled);
  if (height * width > MOST_DIVISORS) {
    context.fail(
      `a mean that leaves out its pads is read up to ${MOST_DIVISORS} windows, not ${height * width}`,
    );
  }
  const [rows, columns] = (
    [
      [0, height],
      [1, width],
    ] as const
  ).map(([axis, count]) =>
    insideOf({
      ...{ kernel: window.kernel[axis], stride: window.strides[axis], before: pads[axis], count },
      low: countsPads ? -given[axis] : 0,
      high: shape[1 + axis] + (countsPads ? given[axis + 2] : 0),
    }),
  );
  const area = window.kernel[0] * window.kernel[1];
  const factors = rows.flatMap((row) => columns.map((column) => area / (row * column)));
  context.set(name, { tensor: scaled(context, pooled, factors, name), axes: MAP_AXES });
};

interface Line {
  readonly kernel: number;
  readonly stride: number;
  /** Pads before the first number. */
  readonly before: number;
  readonly count: number;
  /** From here on and up to there numbers count. */
  readonly low: number;
  readonly high: number;
}

/** How many numbers of each window along a side its mean divides by. */
function insideOf({ kernel, stride, before, count, low, high }: Line): number[] {
  return Array.from({ length: count }, (_, at) => {
    const begin = at * stride - before;
    return Math.min(begin + kernel, high) - Math.max(begin, low);
  });
}

/** Means over padded windows divide by all of the window; where ONNX divides by fewer, a MUL makes up for it. */
function scaled({ net, fail }: Context, tensor: number, factors: readonly number[], name: string): number {
  if (factors.every((factor) => factor === 1)) return tensor;
  if (net.tensors[tensor].dtype !== 'float32') {
    fail('a mean of int8 that leaves out its pads is read with SAME pads alone');
  }
  const [, height, width] = net.shapeOf(tensor);
  const constant = net.constant(`${name}_divisors`, [1, height, width, 1], factors);
  return net.node('MUL', { activation: 'NONE' }, [tensor, constant], `${name}_scaled`);
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

export const POOLS: Readonly<Record<string, Converter>> = {
  ...{ MaxPool: maxPool, AveragePool: averagePool },
  ...{ GlobalAveragePool: globalMean, GlobalMaxPool: globalMaximum },
};
