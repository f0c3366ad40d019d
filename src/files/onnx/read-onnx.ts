import { enableOperators } from '../../deploy/enable-operators.ts';
import { FormatError, InferscopeError } from '../../errors.ts';
import { registerAll } from '../../kernels/registry.ts';
import * as OPS from '../../kernels/ops.ts';
import { readModelProto, type OnnxModel, type OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import { describeForeignOp } from '../../models/graph/foreign-ops.ts';
import { estimateFileBytes } from '../../models/graph/file-estimate.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { foldConstant, FOLDED } from './onnx-constants.ts';
import { Context, type Converter } from './onnx-context.ts';
import { CUTS } from './onnx-cuts.ts';
import { DENSE } from './onnx-dense.ts';
import { ELEMENTWISE } from './onnx-elementwise.ts';
import { LINE_AXES } from './onnx-lines.ts';
import { MOVES } from './onnx-moves.ts';
import { dequantizeLinear, fillQuantization, quantizeLinear } from './quantize-pairs.ts';
import { dtypeOf, MAP_AXES } from './onnx-values.ts';
import { WINDOWS } from './onnx-windows.ts';
import { isPlainName, quote } from '../../models/graph/quote.ts';

const CONVERTERS: Readonly<Record<string, Converter>> = {
  ...{ ...WINDOWS, ...DENSE, ...ELEMENTWISE, ...MOVES, ...CUTS },
  ...{ QuantizeLinear: quantizeLinear, DequantizeLinear: dequantizeLinear, Constant: takeConstant },
};

const KNOWN = [...new Set([...Object.keys(CONVERTERS), ...FOLDED])].sort().join(', ');

/**
 * The network of an ONNX file as a converter to .tflite would write it: maps lie [batch, height, width, channels] and no transposes
 * are left, batch normalization and activations are folded, a network of QuantizeLinear and DequantizeLinear pairs is int8. Throws a
 * FormatError of one line for an operator that is not known, a shape that is not fixed, or weights in another file.
 */
export function readOnnx(bytes: Uint8Array, name: string): Graph {
  registerAll(Object.values(OPS), describeForeignOp);
  enableOperators();
  const model = readModelProto(bytes, name);
  const context = new Context(model.opset);
  takeInitializers(model, context, name);
  for (const node of model.nodes) {
    for (const input of node.inputs) context.uses.set(input, (context.uses.get(input) ?? 0) + 1);
  }
  const inputs = takeInputs(model, context, name);
  model.nodes.forEach((node, at) => take(node, at, context, name));
  fillQuantization(context.net);
  const outputs = model.outputs.map((output) => {
    const placed = context.net.placed.get(output.name);
    if (placed) return placed.tensor;
    throw new FormatError(`${name}: its output ${quote(output.name)} is made by no operator`);
  });
  const { tensors, nodes } = context.net;
  return {
    name,
    format: 'builder',
    tensors,
    nodes,
    inputs,
    outputs,
    fileBytes: estimateFileBytes(tensors, nodes.length),
  };
}

function takeInitializers({ initializers }: OnnxModel, context: Context, name: string): void {
  for (const tensor of initializers) {
    if (tensor.isExternal) {
      throw new FormatError(
        `${name}: keeps its weights in another file (external data); save it as one, with onnx.save_model(..., save_as_external_data=False)`,
      );
    }
    context.constants.set(tensor.name, { tensor });
  }
}

const WINDOW_OPS = new Set(Object.keys(WINDOWS));

/** How an input lies: images and signals with their channels last, unless a transpose says otherwise. */
function axesOfInput(name: string, rank: number, nodes: readonly OnnxNode[]): readonly number[] {
  const readers = nodes.filter(({ inputs: [first] }) => first === name);
  const isTransposed = readers.some(({ op }) => op === 'Transpose');
  if (rank === 4 && !isTransposed) return MAP_AXES;
  if (rank === 3 && readers.some(({ op }) => WINDOW_OPS.has(op))) return LINE_AXES;
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** The inputs of the network; of four axes they are images, [batch, channels, height, width], unless a transpose says otherwise. */
function takeInputs({ inputs, nodes }: OnnxModel, context: Context, name: string): number[] {
  const given = inputs.filter((input) => !context.constants.has(input.name));
  return given.map((input) => {
    const dims = input.dims.map((side, axis) => (axis === 0 && side < 1 ? 1 : side));
    if (dims.length === 0 || dims.some((side) => side < 1)) {
      throw new FormatError(
        `${name}: its input ${quote(input.name)} has unknown sides [${input.dims.map((side) => (side < 0 ? '?' : side)).join(', ')}]; export it with a fixed shape`,
      );
    }
    const axes = axesOfInput(input.name, dims.length, nodes);
    const shape = axes.map((axis) => dims[axis]);
    const tensor = context.net.add({
      name: input.name,
      shape,
      dtype: dtypeOf(input.dataType, `${name}: ${quote(input.name)}`),
    });
    context.set(input.name, { tensor, axes });
    return tensor;
  });
}

function take(node: OnnxNode, at: number, context: Context, name: string): void {
  context.where = `${name}: operator ${at} (${isPlainName(node.op) ? node.op : quote(node.op)})`;
  if (foldNode(node, context, name)) return;
  const converter = node.domain === '' || node.domain === 'ai.onnx' ? CONVERTERS[node.op] : undefined;
  if (!converter) context.fail(`is not read from ONNX; known are ${KNOWN}`);
  try {
    converter(node, context);
  } catch (error) {
    throw located(error, context, name);
  }
}

function foldNode(node: OnnxNode, context: Context, name: string): boolean {
  if (node.domain !== '' && node.domain !== 'ai.onnx') return false;
  try {
    return foldConstant(node, context);
  } catch (error) {
    throw located(error, context, name);
  }
}

/**
 * A mistake of the file with the operator that it is in. Exporters write what the converters rely on; where one stumbles over an
 * input that is not there or sides that do not fit, the file was damaged or made by hand.
 */
function located(error: unknown, { where }: Context, name: string): unknown {
  if (error instanceof TypeError || error instanceof RangeError) {
    const cause = { cause: error };
    return new FormatError(`${where}: lacks an input, or its inputs and attributes do not fit it`, cause);
  }
  if (!(error instanceof InferscopeError) || error.message.startsWith(name)) return error;
  return new FormatError(`${where}: ${error.message}`);
}

function takeConstant({ attributes, outputs }: OnnxNode, context: Context): void {
  const tensor = attributes.get('value')?.t ?? context.fail('has no tensor as its value');
  context.constants.set(outputs[0], { tensor: { ...tensor, name: outputs[0] } });
}
