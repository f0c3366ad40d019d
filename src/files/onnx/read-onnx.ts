import { FormatError, InferscopeError } from '../../errors.ts';
import { registerAll } from '../../kernels/registry.ts';
import * as OPS from '../../kernels/ops.ts';
import { readModelProto, type OnnxModel, type OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import { estimateFileBytes } from '../../models/graph/file-estimate.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { Context, type Converter } from './onnx-context.ts';
import { DENSE } from './onnx-dense.ts';
import { ELEMENTWISE } from './onnx-elementwise.ts';
import { MOVES } from './onnx-moves.ts';
import { dequantizeLinear, fillQuantization, quantizeLinear } from './quantize-pairs.ts';
import { dtypeOf, MAP_AXES } from './onnx-values.ts';
import { WINDOWS } from './onnx-windows.ts';

const CONVERTERS: Readonly<Record<string, Converter>> = {
  ...{ ...WINDOWS, ...DENSE, ...ELEMENTWISE, ...MOVES },
  ...{ QuantizeLinear: quantizeLinear, DequantizeLinear: dequantizeLinear, Constant: takeConstant },
};

/**
 * The network of an ONNX file as a converter to .tflite would write it: maps lie [batch, height, width, channels] and no transposes
 * are left, batch normalization and activations are folded, a network of QuantizeLinear and DequantizeLinear pairs is int8. Throws a
 * FormatError of one line for an operator that is not known, a shape that is not fixed, or weights in another file.
 */
export function readOnnx(bytes: Uint8Array, name: string): Graph {
  registerAll(Object.values(OPS));
  const model = readModelProto(bytes, name);
  const context = new Context();
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
    throw new FormatError(`${name}: its output "${output.name}" is made by no operator`);
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

/** The inputs of the network; of four axes they are images, [batch, channels, height, width], unless a transpose says otherwise. */
function takeInputs({ inputs, nodes }: OnnxModel, context: Context, name: string): number[] {
  const given = inputs.filter((input) => !context.constants.has(input.name));
  return given.map((input) => {
    const dims = input.dims.map((side, axis) => (axis === 0 && side < 1 ? 1 : side));
    if (dims.length === 0 || dims.some((side) => side < 1)) {
      throw new FormatError(
        `${name}: its input "${input.name}" has unknown sides [${input.dims.map((side) => (side < 0 ? '?' : side)).join(', ')}]; export it with a fixed shape`,
      );
    }
    const isTransposed = nodes.some(({ op, inputs: [first] }) => op === 'Transpose' && first === input.name);
    const axes = dims.length === 4 && !isTransposed ? MAP_AXES : dims.map((_, axis) => axis);
    const shape = axes.map((axis) => dims[axis]);
    const tensor = context.net.add({
      name: input.name,
      shape,
      dtype: dtypeOf(input.dataType, `${name}: "${input.name}"`),
    });
    context.set(input.name, { tensor, axes });
    return tensor;
  });
}

function take(node: OnnxNode, at: number, context: Context, name: string): void {
  context.where = `${name}: operator ${at} (${node.op})`;
  const converter = node.domain === '' || node.domain === 'ai.onnx' ? CONVERTERS[node.op] : undefined;
  if (!converter) context.fail(`is not read from ONNX; known are ${Object.keys(CONVERTERS).join(', ')}`);
  try {
    converter(node, context);
  } catch (error) {
    if (!(error instanceof InferscopeError) || error.message.startsWith(name)) throw error;
    throw new FormatError(`${context.where}: ${error.message}`);
  }
}

function takeConstant({ attributes, outputs }: OnnxNode, context: Context): void {
  const tensor = attributes.get('value')?.t ?? context.fail('has no tensor as its value');
  context.constants.set(outputs[0], { tensor: { ...tensor, name: outputs[0] } });
}
