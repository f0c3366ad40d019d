import { elementCount, type Tensor } from '../../models/graph/graph.ts';
import type { Context, Converter } from './onnx-context.ts';
import { placeBias } from './onnx-bias.ts';

/** Gemm with constant weights is a FULLY_CONNECTED. */
const gemm: Converter = (node, context) => {
  if (context.int(node, 'transA', 0) !== 0) context.fail('transA is not read');
  if (context.float(node, 'alpha', 1) !== 1 || context.float(node, 'beta', 1) !== 1) {
    context.fail('alpha and beta other than 1 are not read');
  }
  const isTransposed = context.int(node, 'transB', 0) !== 0;
  dense(context, node.inputs, node.outputs[0], isTransposed);
};

const matMul: Converter = (node, context) => dense(context, node.inputs.slice(0, 2), node.outputs[0], false);

function dense(
  context: Context,
  [input, weights, bias]: readonly string[],
  name: string,
  isTransposed: boolean,
): void {
  const placed = context.place(input);
  const { tensor, quantization } = context.requireConstant(weights, 'weights');
  if (tensor.dims.length !== 2) context.fail(`has weights of ${tensor.dims.length} axes; 2 are read`);
  const [units, inputs] = isTransposed ? tensor.dims : [tensor.dims[1], tensor.dims[0]];
  const values = tensor.isOpen
    ? undefined
    : rowsOf(tensor.values, units, inputs, { isTransposed, column: orderOf(placed.flatFrom, inputs) });
  const placedWeights = context.net.constant(
    weights,
    [units, inputs],
    values,
    quantization ? 'int8' : 'float32',
  );
  if (quantization) context.net.quantize(placedWeights, 'int8', { ...quantization, axis: 0 });
  const operands = [placed.tensor, placedWeights, placeBias(context, bias, units, name)];
  const output = context.net.node(
    'FULLY_CONNECTED',
    { activation: 'NONE', keepNumDims: false },
    operands,
    name,
  );
  context.set(name, { tensor: output, axes: [0, 1] });
}

/** Weights as [units, inputs]. */
function rowsOf(
  values: readonly number[],
  units: number,
  inputs: number,
  { isTransposed, column }: { readonly isTransposed: boolean; readonly column: (at: number) => number },
): number[] {
  const rows = new Array<number>(units * inputs);
  for (let unit = 0; unit < units; unit++) {
    for (let at = 0; at < inputs; at++) {
      const source = column(at);
      rows[unit * inputs + at] = values[isTransposed ? unit * inputs + source : source * units + unit];
    }
  }
  return rows;
}

/** Which of ONNX's inputs stands at each place: rows that were maps lie pixel by pixel here, channel by channel there. */
function orderOf(
  flatFrom: readonly [number, number, number] | undefined,
  inputs: number,
): (at: number) => number {
  if (!flatFrom || elementCount(flatFrom) !== inputs) return (at) => at;
  const [channels, height, width] = flatFrom;
  const pixels = height * width;
  return (at) => (at % channels) * pixels + Math.floor(at / channels);
}

/** Where the bias of an operator with weights stands; the weights are its second input. */
const BIAS_AT: Readonly<Record<string, number>> = {
  ...{ CONV_2D: 2, DEPTHWISE_CONV_2D: 2, FULLY_CONNECTED: 2, TRANSPOSE_CONV: 3 },
};

/** The floats of a constant. */
function floatsOf({ data }: Tensor): number[] | undefined {
  return data && [...new Float32Array(data.slice().buffer)];
}

/** y = (x - mean) scale / sqrt(variance + epsilon) + shift, folded into the weights and bias before it. */
const batchNormalization: Converter = (node, context) => {
  const [input, ...names] = node.inputs;
  const [scale, shift, mean, variance] = names.map(
    (name) => context.requireConstant(name, 'parameters').tensor.values,
  );
  const epsilon = context.float(node, 'epsilon', 1e-5);
  const factor = scale.map((value, at) => value / Math.sqrt(variance[at] + epsilon));
  const offset = shift.map((value, at) => value - mean[at] * factor[at]);
  const placed = context.place(input);
  if (foldInto(context, placed.tensor, factor, offset, input)) {
    context.set(node.outputs[0], placed);
    return;
  }
  const { net } = context;
  // One number a channel, whichever axis lies last.
  const shape = placed.axes.map((axis) => (axis === 1 ? factor.length : 1));
  const [product, sum] = [factor, offset].map((values, at) =>
    net.constant(`${node.outputs[0]}_${at}`, shape, values),
  );
  const scaled = net.node(
    'MUL',
    { activation: 'NONE' },
    [placed.tensor, product],
    `${node.outputs[0]}_scaled`,
  );
  const tensor = net.node('ADD', { activation: 'NONE' }, [scaled, sum], node.outputs[0]);
  context.set(node.outputs[0], { ...placed, tensor });
};

/** Scales the outputs of the layer that made a tensor, open weights as they are; false where none did, or another reads it too. */
export function foldInto(
  { net, uses }: Context,
  tensor: number,
  factor: readonly number[],
  offset: readonly number[],
  name: string,
): boolean {
  const maker = net.nodes[net.makerOf(tensor)];
  if (!maker || !(maker.op in BIAS_AT) || (uses.get(name) ?? 0) > 1) return false;
  if ((maker.attributes as { activation?: string }).activation !== 'NONE') return false;
  const [weightsAt, biasAt] = [maker.inputs[1], maker.inputs[BIAS_AT[maker.op]]];
  const [weights, bias] = [net.tensors[weightsAt], net.tensors[biasAt]];
  if (weights.dtype === 'float32' && !weights.data) return true;
  const [oldWeights, oldBias] = [floatsOf(weights), floatsOf(bias)];
  if (weights.dtype !== 'float32' || !oldWeights || !oldBias) return false;
  const isDepthwise = maker.op === 'DEPTHWISE_CONV_2D';
  const perOutput = oldWeights.length / factor.length;
  const output = (at: number) => (isDepthwise ? at % factor.length : Math.floor(at / perOutput));
  const set = (at: number, values: readonly number[]) => {
    net.tensors[at] = { ...net.tensors[at], data: new Uint8Array(Float32Array.from(values).buffer) };
  };
  set(
    weightsAt,
    oldWeights.map((value, at) => value * factor[output(at)]),
  );
  set(
    biasAt,
    oldBias.map((value, at) => value * factor[at] + offset[at]),
  );
  return true;
}

export const DENSE: Readonly<Record<string, Converter>> = {
  Gemm: gemm,
  MatMul: matMul,
  BatchNormalization: batchNormalization,
};
