import { SpecError } from '../../errors.ts';
import type { KmodelForm } from '../../kernels/definition/kmodel-form.ts';
import { opFor } from '../../kernels/registry.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { LoweringContext, mapShape, type NccOptions } from './context.ts';
import { inKmodelOrder, type NccLayer, type NccNetwork } from './ncc-network.ts';
import { furtherOperators, type Lowering, type LoweringName } from './further-operators.ts';
import { lowerConv } from './lower-conv.ts';
import { lowerDense } from './lower-dense.ts';
import { lowerReshape } from './lower-reshape.ts';
import { transform } from './transforms.ts';

/** Of the published network's operators. */
const LOWERINGS: Readonly<Partial<Record<LoweringName, Lowering>>> = {
  conv: lowerConv,
  dense: lowerDense,
  reshape: lowerReshape,
};

const loweringOf = (name: LoweringName): Lowering => LOWERINGS[name] ?? furtherOperators().lowerings[name]!;

/** Operators that kmodel v3 has a layer for, but this project no arithmetic. */
const WITHOUT_ARITHMETIC: Readonly<Record<string, KmodelForm>> = {
  L2_NORMALIZATION: { layer: 'L2Normalization' },
};

function formOf(op: string): KmodelForm | undefined {
  return opFor(op)?.kmodel ?? WITHOUT_ARITHMETIC[op];
}

export interface LoweredNetwork extends NccNetwork {
  readonly warnings: readonly string[];
}

/**
 * The network as ncc 0.1.0-rc5 lowers it (docs/hardware/k210.md#transforms), layers in the kmodel's order.
 * Throws an UnsupportedOpError that names op, index and unit where kmodel v3 has no layer for it.
 */
export function lowerGraph(graph: Graph, options: NccOptions): LoweredNetwork {
  const context = new LoweringContext(graph, options);
  for (const tensor of graph.inputs) {
    const shape = mapShape(graph.tensors[tensor].shape);
    const placement = { rule: 'ncc/input', reason: 'the network input' };
    context.values.set(
      tensor,
      context.builder.add({ type: 'Input', inputs: [], shape, node: null, placement }),
    );
  }
  graph.nodes.forEach((_, index) => {
    if (!context.fused.has(index)) lowerNode(context, index);
  });
  const outputs = graph.outputs.map((tensor) => layerOf(context, tensor));
  const network = inKmodelOrder(transform({ layers: withTensors(context), outputs }));
  const warnings = [...context.warnings, ...floatPoolWarnings(graph, network)];
  return { layers: network.layers, outputs: network.outputs, warnings };
}

/** A max pool that is left as float32, which happens behind no layer of bytes, has no handler in the runtime. */
function floatPoolWarnings({ nodes }: Graph, { layers }: NccNetwork): string[] {
  const left = layers.filter(({ type }) => type === 'MaxPool2d');
  return left.map(
    ({ node }) =>
      `op ${node} (${nodes[node!].op}): ncc 0.1 emits a float MaxPool2d layer here, and MaixPy 0.5 stops at it; put it ` +
      'behind a convolution, where it works on bytes',
  );
}

/** The layer that computes an output of the network. */
function layerOf({ values, graph }: LoweringContext, tensor: number): number {
  const layer = values.get(tensor);
  if (layer !== undefined) return layer;
  throw new SpecError(
    `output tensor ${tensor} "${graph.tensors[tensor].name}" of the network is a constant: no layer computes it`,
  );
}

/** The layers with the tensors that they hold; a KPU layer and its RemovePadding hold those of the Dequantize behind them. */
function withTensors({ builder: { layers }, values }: LoweringContext): NccLayer[] {
  // In place, for the layers are the builder's own: copies of them cost more than all else here, and sweeps live here.
  for (const [tensor, position] of values) {
    let holder: number | undefined = position;
    while (holder !== undefined && layers[holder].tensor === undefined) {
      const layer: NccLayer & { tensor?: number } = layers[holder];
      layer.tensor = tensor;
      holder =
        layer.type === 'Dequantize' || layer.type === 'K210RemovePadding' ? layer.inputs[0] : undefined;
    }
  }
  return layers;
}

function lowerNode(context: LoweringContext, index: number): void {
  const form = formOf(context.graph.nodes[index].op);
  if (form && 'lowering' in form) return loweringOf(form.lowering)(context, index);
  if (form && 'layer' in form) return furtherOperators().lowerTo(form.layer)(context, index);
  context.refuse(index, `kmodel v3 has no layer for it${form ? `; ${form.instead}` : ''}`);
}
