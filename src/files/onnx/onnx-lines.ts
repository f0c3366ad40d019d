import type { OnnxAttribute, OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import type { Context, Converter } from './onnx-context.ts';
import { MAP_AXES } from './onnx-values.ts';

/** ONNX's axes of a signal that lies as [batch, length, channels]. */
export const LINE_AXES: readonly number[] = [0, 2, 1];

/** What a window of one side has of height: nothing is moved or padded there. */
const ACROSS: Readonly<Record<string, readonly number[]>> = {
  ...{ kernel_shape: [1], strides: [1], dilations: [1], output_padding: [0], output_shape: [1] },
};

function widened(attributes: OnnxNode['attributes']): ReadonlyMap<string, OnnxAttribute> {
  const wide = new Map(attributes);
  for (const [name, one] of Object.entries(ACROSS)) {
    const found = attributes.get(name);
    if (found?.ints?.length === 1) wide.set(name, { ...found, ints: [...one, ...found.ints] });
  }
  const pads = attributes.get('pads');
  if (pads?.ints?.length === 2) wide.set('pads', { ...pads, ints: [0, pads.ints[0], 0, pads.ints[1]] });
  return wide;
}

/** The weights [out, in, length] as those of a map of one row; under a name of their own. */
function widenWeights(context: Context, name: string): string {
  const constant = context.requireConstant(name, 'weights');
  const [outputs, inputs, ...sides] = constant.tensor.dims;
  const wide = `${name}_row`;
  context.constants.set(wide, {
    ...constant,
    tensor: { ...constant.tensor, name: wide, dims: [outputs, inputs, 1, ...sides] },
  });
  return wide;
}

/** A window over a signal is one over a map of one row, as TensorFlow converts it: a RESHAPE before it and one behind. */
export function alsoOverLines(converter: Converter): Converter {
  return (node, context) => {
    const placed = context.place(node.inputs[0]);
    if (placed.axes.length !== 3) return converter(node, context);
    const [input, weights, ...others] = node.inputs;
    const [name] = node.outputs;
    const source = context.lying(placed, LINE_AXES, `${input}_nlc`);
    const [batch, length, channels] = context.net.shapeOf(source.tensor);
    const row = context.reshape(source.tensor, [batch, 1, length, channels], `${input}_row`);
    context.set(`${name}_in`, { tensor: row, axes: MAP_AXES });
    const wide = weights === undefined ? [] : [widenWeights(context, weights)];
    const attributes = widened(node.attributes);
    const inputs = [`${name}_in`, ...wide, ...others];
    converter({ ...node, inputs, attributes, outputs: [`${name}_row`] }, context);
    const made = context.place(`${name}_row`);
    const [, , ...sides] = context.net.shapeOf(made.tensor);
    const tensor = context.reshape(made.tensor, [batch, ...sides], name);
    context.net.ofRows.set(tensor, made.tensor);
    context.set(name, { tensor, axes: LINE_AXES });
  };
}
