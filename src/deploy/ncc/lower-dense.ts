import { denseWeightBytes } from './kmodel-bytes.ts';
import { elementsOf } from './ncc-network.ts';
import type { LoweringContext } from './context.ts';
import { DENSE_RULES, firstRule, MAX_DENSE, type DenseSite } from './rules.ts';

/** FULLY_CONNECTED, and a 1x1 convolution on 1x1 maps: 4x4 maps on the KPU, or the core in float32. */
export function lowerDense(context: LoweringContext, index: number): void {
  const input = flatInput(context, index);
  const site = describe(context, index, input);
  if (site.batches !== 1) {
    context.refuse(
      index,
      `kmodel v3 runs one vector at a time and this Dense has ${site.batches}; use a batch of 1`,
    );
  }
  const rule = firstRule(DENSE_RULES, site);
  if (!rule) {
    const origin = context.origin(index, 'ncc/dense-on-kpu', kpuReason(site));
    context.setValue(index, context.builder.addPaddedDense(input, site.outputs, origin));
    return;
  }
  if (!['NONE', 'RELU', 'RELU6'].includes(site.activation)) {
    context.refuse(index, `a float Dense of kmodel v3 has no ${site.activation}; use NONE, RELU or RELU6`);
  }
  const position = context.builder.add({
    type: 'FullyConnected',
    inputs: [input],
    shape: { h: 1, w: 1, c: site.outputs },
    node: index,
    placement: { rule: rule.id, reason: rule.message(site) },
    weightBytes: denseWeightBytes(site.inputs, site.outputs),
    ...(site.activation === 'NONE' ? {} : { activation: site.activation }),
  });
  context.setValue(index, position);
}

/** The layer with the input's values, pixel by pixel; a 1x1 convolution and a vector need no flatten. */
function flatInput(context: LoweringContext, index: number): number {
  const { op, inputs } = context.graph.nodes[index];
  const value = context.value(index);
  if (op === 'CONV_2D' || context.tensor(inputs[0])!.shape.length !== 4) return value;
  return context.builder.addFlatten(value, index);
}

function describe(context: LoweringContext, index: number, input: number): DenseSite {
  const node = context.graph.nodes[index];
  const weights = context.tensor(node.inputs[1])!.shape;
  const inputs = weights.at(-1)!;
  return {
    inputs,
    outputs: weights[0],
    batches: elementsOf(context.builder.shapeOf(input)) / inputs,
    activation: (node.attributes as { activation: string }).activation,
    floatFc: context.options.floatFc,
    maxDense: context.options.maxDense,
  };
}

function kpuReason({ inputs, outputs, maxDense = MAX_DENSE }: DenseSite): string {
  return (
    `Dense has ${inputs} inputs and ${outputs} outputs, both at most ${maxDense}, so the converter moves it to the KPU as a ` +
    '1x1 convolution over 4x4 maps'
  );
}
