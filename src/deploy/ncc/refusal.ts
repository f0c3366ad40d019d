import type { Graph } from '../../models/graph/graph.ts';
import type { ToolchainRefusal } from '../program.ts';
import { CPU_CONV_CHOICE, REFUSED_CHOICE } from '../../boards/settings/ncc-choices.ts';
import { floatImportRefusal, importRefusal, UNFED_INPUT, wordsAt } from './importer.ts';
import type { NccLayer } from './ncc-network.ts';
import type { NccPlan } from './plan.ts';

interface Lowered {
  readonly layers: readonly NccLayer[];
}

/**
 * Why ncc 0.1.0-rc5 refuses the whole model, in its words, though it was lowered here: at import, for a layer that is
 * left when its transforms are done, for a second input, or for memory that it frees too early. Undefined where it
 * takes the model.
 */
export function toolchainRefusal(
  graph: Graph,
  { layers }: Lowered,
  plan: NccPlan,
): ToolchainRefusal | undefined {
  const unread = importRefusal(graph);
  const later = leftRefusal(graph, layers) ?? inputRefusal(graph) ?? memoryRefusal(graph, layers, plan);
  const refusal = unread ?? later;
  if (!refusal) return undefined;
  const isOfTypes = later === undefined && floatImportRefusal(graph) === undefined;
  return { ...refusal, counterfactual: isOfTypes ? AS_FLOAT : settingFor(layers) };
}

/** The name of the counterfactual that is the same network in float32. */
export const AS_FLOAT = 'float32';

function settingFor(layers: readonly NccLayer[]): string {
  const { key, standard } = layers.some(({ type }) => type === 'FloatConv2d')
    ? CPU_CONV_CHOICE
    : REFUSED_CHOICE;
  return `${key}=${standard}`;
}

function leftRefusal(graph: Graph, layers: readonly NccLayer[]): ToolchainRefusal | undefined {
  const conv = layers.find(({ type }) => type === 'FloatConv2d');
  if (conv) {
    const isSmall = conv.placement.rule === 'ncc/conv-small-output';
    const layer = graph.nodes[conv.node!].op === 'CONV_2D' ? 'Conv2d' : 'DepthwiseConv2d';
    const text = isSmall
      ? "Specified argument was out of the range of valid values. (Parameter 'Lower than 4x4 output is not supported in dwConv2d.')"
      : `Layer ${layer} is not supported`;
    return wordsAt(graph, conv.node!, text, conv.placement.reason);
  }
  const node = graph.nodes.findIndex(({ op, outputs }, index) => {
    return op === 'RESHAPE' && graph.tensors[outputs[0]].shape.length !== 2 && !isUndone(graph, index);
  });
  if (node < 0) return undefined;
  return wordsAt(
    graph,
    node,
    'Layer TensorflowReshape is not supported',
    'it takes a reshape to [1, n] only; leave this one out',
  );
}

/** A reshape that a second one gives back goes away with it. */
function isUndone(graph: Graph, index: number): boolean {
  const { inputs, outputs } = graph.nodes[index];
  const readers = graph.nodes.filter((node) => node.inputs.includes(outputs[0]));
  const before = graph.nodes.find((node) => node.op === 'RESHAPE' && node.outputs[0] === inputs[0]);
  const shapeOf = (tensor: number): string => graph.tensors[tensor].shape.join();
  const isBack = (from: number, to: number): boolean => shapeOf(from) === shapeOf(to);
  if (before && isBack(before.inputs[0], outputs[0])) return true;
  return readers.length === 1 && readers[0].op === 'RESHAPE' && isBack(inputs[0], readers[0].outputs[0]);
}

/** Nodes that read inputs of the network, once for each. */
function usesOfInputs(graph: Graph): number[] {
  const uses: number[] = [];
  for (let node = 0; node < graph.nodes.length; node++) {
    for (const tensor of graph.nodes[node].inputs) if (graph.inputs.includes(tensor)) uses.push(node);
  }
  return uses;
}

/** Each further use of the input is an input of its own to the tool, which feeds only the first. */
function inputRefusal(graph: Graph): ToolchainRefusal | undefined {
  const uses = usesOfInputs(graph);
  if (uses.length < 2) return undefined;
  const instead =
    graph.inputs.length > 1
      ? `the network takes ${graph.inputs.length} inputs, and it feeds one; join them before the network`
      : 'the input feeds two layers, which makes two inputs of it; put a 1x1 convolution behind the input and read that';
  return wordsAt(graph, uses[1], UNFED_INPUT, instead);
}

function memoryRefusal(
  graph: Graph,
  layers: readonly NccLayer[],
  { freedEarly }: NccPlan,
): ToolchainRefusal | undefined {
  if (freedEarly === undefined) return undefined;
  return wordsAt(
    graph,
    layers[freedEarly].node!,
    'Memory node has been free.',
    'two layers of the core read its result before the last convolution that does, and its maps are freed; let one ' +
      'layer of the core read it',
  );
}
