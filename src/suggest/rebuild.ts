import { SpecError } from '../errors.ts';
import { opFor } from '../kernels/registry.ts';
import { int32Constant } from '../models/graph/constant-tensors.ts';
import { elementCount, tensorBytes, type Graph, type GraphNode, type Tensor } from '../models/graph/graph.ts';
import { cropConstant } from './crop-constant.ts';

/** What an edit puts in the place of nodes and tensors, by their position. */
export interface Replacements {
  readonly nodes?: ReadonlyMap<number, GraphNode>;
  readonly tensors?: ReadonlyMap<number, Tensor>;
}

/**
 * The graph with other nodes and constants, and everything behind them in the shapes that follow: weights take as many channels as
 * they are given. Throws a SpecError where the network no longer holds together.
 */
export function rebuild(graph: Graph, { nodes: changed, tensors: given }: Replacements): Graph {
  const tensors = graph.tensors.map((tensor, at) => given?.get(at) ?? tensor);
  const nodes = graph.nodes.map((node, at) => adapt(changed?.get(at) ?? node, at, graph, tensors));
  const bytesOf = (all: readonly Tensor[]) =>
    all.filter(({ isConstant }) => isConstant).reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
  const fileBytes = graph.fileBytes + bytesOf(tensors) - bytesOf(graph.tensors);
  const rebuilt: Graph & { arenaOffsets?: unknown } = { ...graph, tensors, nodes, fileBytes };
  // A plan that was made offline is one of the tensors as they were.
  delete rebuilt.arenaOffsets;
  return rebuilt;
}

/** Changes the constants of a node to its input, and sets what it makes. */
function adapt(node: GraphNode, at: number, before: Graph, tensors: Tensor[]): GraphNode {
  const fitted = FITTERS[node.op]?.(node, before, tensors) ?? node;
  const op = opFor(fitted.op);
  if (!op) throw new SpecError(`op ${at} (${fitted.op}): is not known`);
  const inputs = fitted.inputs.map((tensor) => (tensor < 0 ? undefined : tensors[tensor]));
  const declared = fitted.outputs.map((tensor) => tensors[tensor]);
  op.infer(fitted.attributes, inputs, declared).forEach(({ shape }, index) => {
    tensors[fitted.outputs[index]] = { ...declared[index], shape };
  });
  return fitted;
}

type Fitter = (node: GraphNode, before: Graph, tensors: Tensor[]) => GraphNode | undefined;

const FITTERS: Readonly<Record<string, Fitter>> = {
  CONV_2D: (node, _, tensors) => {
    const [input, weights] = inputsOf(node, tensors);
    fitWeights(node, tensors, [...weights.shape.slice(0, 3), input.shape[3]], weights.shape[0]);
    return undefined;
  },
  DEPTHWISE_CONV_2D: (node, before, tensors) => {
    const [input, weights] = inputsOf(node, tensors);
    const [oldInput, oldWeights] = inputsOf(node, before.tensors);
    const { depthMultiplier = oldWeights.shape[3] / oldInput.shape[3] } = node.attributes as {
      depthMultiplier?: number;
    };
    const channels = input.shape[3] * depthMultiplier;
    fitWeights(node, tensors, [...weights.shape.slice(0, 3), channels], channels);
    return undefined;
  },
  FULLY_CONNECTED: fitDense,
  RESHAPE: fitReshape,
};

function inputsOf({ inputs }: GraphNode, tensors: readonly Tensor[]): readonly [Tensor, Tensor] {
  return [tensors[inputs[0]], tensors[inputs[1]]];
}

function fitWeights(node: GraphNode, tensors: Tensor[], shape: readonly number[], outputs: number): void {
  const [, weights, bias = -1] = node.inputs;
  tensors[weights] = resized(tensors[weights], shape);
  if (bias >= 0) tensors[bias] = resized(tensors[bias], [outputs]);
}

function resized(
  tensor: Tensor,
  shape: readonly number[],
  view?: Parameters<typeof cropConstant>[2],
): Tensor {
  const isSame = String(tensor.shape) === String(shape) && (!view || String(view.from) === String(view.to));
  return isSame ? tensor : cropConstant(tensor, shape, view);
}

/** A Dense behind a flattened map keeps the weights of the pixels and channels that are left. */
function fitDense(node: GraphNode, before: Graph, tensors: Tensor[]): undefined {
  const [input, weights] = inputsOf(node, tensors);
  const [units, oldInputs] = weights.shape;
  const inputs =
    elementCount(input.shape) / (elementCount(inputsOf(node, before.tensors)[0].shape) / oldInputs);
  if (!Number.isInteger(inputs)) throw new SpecError('the input of a Dense is no multiple of its rows');
  const map = flattenedMap(node.inputs[0], before);
  const view = map === undefined ? undefined : mapView(map, units, before, tensors);
  tensors[node.inputs[1]] = resized(weights, [units, inputs], view);
  return undefined;
}

/** The tensor of rank 4 that a reshape made into this row. */
function flattenedMap(row: number, { nodes, tensors }: Graph): number | undefined {
  const maker = nodes.find(({ op, outputs }) => op === 'RESHAPE' && outputs.includes(row));
  return maker && tensors[maker.inputs[0]].shape.length === 4 ? maker.inputs[0] : undefined;
}

function mapView(map: number, units: number, before: Graph, tensors: readonly Tensor[]) {
  const [from, to] = [before.tensors[map].shape, tensors[map].shape];
  // Rows and columns are one axis: of a map whose sides change, none of the weights are known to stay.
  const flat = ([, h, w, c]: readonly number[]) => [units, h * w, c];
  if (from[1] !== to[1] || from[2] !== to[2]) return { from: [0], to: [1] };
  return { from: flat(from), to: flat(to) };
}

/** A reshape to a row takes what there is; one to a map keeps its sides and takes other channels. */
function fitReshape(node: GraphNode, before: Graph, tensors: Tensor[]): GraphNode | undefined {
  const elements = elementCount(tensors[node.inputs[0]].shape);
  const old = before.tensors[node.outputs[0]].shape;
  if (elementCount(old) === elements) return undefined;
  const rest = elementCount(old.slice(0, -1));
  if (elements % rest !== 0) throw new SpecError('a reshape does not divide what it is given');
  const newShape = [...old.slice(0, -1), elements / rest];
  const shapeInput = node.inputs[1];
  if (shapeInput !== undefined && shapeInput >= 0) {
    tensors[shapeInput] = { ...int32Constant(tensors[shapeInput].name, newShape) };
  }
  return { ...node, attributes: { ...node.attributes, newShape } };
}
