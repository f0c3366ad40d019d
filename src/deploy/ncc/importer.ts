import type { Graph, GraphNode, Tensor } from '../../models/graph/graph.ts';
import type { ToolchainRefusal } from '../program.ts';
import { furtherImports, type Check } from './import-checks.ts';

const OUTSIDE = 'Index was outside the bounds of the array.';

/** Of a second input, which a constant operand and each further use of the network's input are to it. */
export const UNFED_INPUT = 'You must feed a value for placeholder tensor';

/** The refusal of a node in the tool's words. */
export function wordsAt(graph: Graph, node: number, text: string, instead: string): ToolchainRefusal {
  return { node, op: graph.nodes[node].op, text, instead };
}

/** One line: the operator, the tool's words, the way out. */
export function refusalLine({ node, op, text, instead }: ToolchainRefusal): string {
  return `op ${node} (${op}) on unit "core": ncc 0.1.0-rc5 refuses the model with "${text}"; ${instead}`;
}

/**
 * The first operator that the importer of ncc 0.1.0-rc5 refuses, in the file's order (TfLiteToGraphConverter); undefined
 * where it reads them all.
 */
export function importRefusal(graph: Graph): ToolchainRefusal | undefined {
  return firstRefusal(graph, false);
}

/** The same of the graph's float32 twin: what it says of element types is left out. */
export function floatImportRefusal(graph: Graph): ToolchainRefusal | undefined {
  return firstRefusal(graph, true);
}

/** What the importer says of one node of the graph's float32 twin, and the way out; undefined where it takes it. */
export function floatNodeRefusal(graph: Graph, node: GraphNode): string | undefined {
  const refusal = refusalOf(graph, graph.nodes.indexOf(node), true);
  return refusal && `ncc 0.1.0-rc5 says "${refusal.text}"; ${refusal.instead}`;
}

function firstRefusal(graph: Graph, isFloat: boolean): ToolchainRefusal | undefined {
  for (let node = 0; node < graph.nodes.length; node++) {
    const refusal = refusalOf(graph, node, isFloat);
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOf(graph: Graph, index: number, isFloat: boolean): ToolchainRefusal | undefined {
  const node = graph.nodes[index];
  const checks = IMPORTED[node.op] ?? furtherImports().checksOf(node.op, isFloat);
  if (!checks) {
    const text = `Layer ${furtherImports().nameOf(node.op)} is not supported`;
    return wordsAt(graph, index, text, furtherImports().insteadOf(node.op));
  }
  let found = ranks(node, graph);
  for (let at = 0; found === undefined && at < checks.length; at++) {
    if (!isFloat || checks[at] !== floatWeights) found = checks[at](node, graph);
  }
  return found && wordsAt(graph, index, ...found);
}

const isData = ({ dtype }: Tensor): boolean => dtype !== 'int32' && dtype !== 'int64';

/** Whether a tensor is data of a rank that the tool has no layer for. */
function hasOddRank(tensor: Tensor | undefined): boolean {
  if (tensor === undefined || tensor.isConstant || !isData(tensor)) return false;
  const rank = tensor.shape.length;
  return rank !== 2 && rank < 4;
}

/** Tensors of two or four dimensions only become inputs of its layers. */
function ranks({ inputs }: GraphNode, { tensors }: Graph): readonly [string, string] | undefined {
  const odd = inputs.find((tensor) => tensor >= 0 && hasOddRank(tensors[tensor]));
  if (odd === undefined) return undefined;
  const { name, shape } = tensors[odd];
  return [
    OUTSIDE,
    `${name} has the shape [${shape.join(', ')}], and it reads tensors of 2 or 4 dimensions only`,
  ];
}

const hasBias: Check = ({ inputs }) =>
  (inputs[2] ?? -1) >= 0
    ? undefined
    : [OUTSIDE, 'it reads a bias that is not there; give the layer one, of zeros'];

const floatWeights: Check = ({ inputs }, { tensors }) => {
  const other = inputs.slice(1, 3).find((tensor) => tensor >= 0 && tensors[tensor].dtype !== 'float32');
  if (other === undefined) return undefined;
  const type = tensors[other].dtype.toUpperCase();
  return [
    `expect FLOAT32 tensor but got ${type}, use '--inference_type=FLOAT' when converting via toco.`,
    'pass the float32 model, it quantizes by itself',
  ];
};

export const knownActivation: Check = ({ attributes }) => {
  const { activation = 'NONE' } = attributes as { readonly activation?: string };
  if (['NONE', 'RELU', 'RELU6'].includes(activation)) return undefined;
  return ['activation', `it fuses no ${activation}; use RELU or RELU6`];
};

const hasNewShape: Check = ({ attributes }, { format }) => {
  const { newShape } = attributes as { readonly newShape?: readonly number[] };
  if (newShape === undefined) {
    // A network that is in no file yet can be written with them.
    if (format !== 'tflite') return undefined;
    return [
      'Nullable object must have a value.',
      'the file keeps the new shape in a tensor only, as TensorFlow 2 writes it; convert it with TensorFlow 1, or give ' +
        'the operator its ReshapeOptions',
    ];
  }
  if (newShape.length !== 1 && newShape.length !== 3) return undefined;
  return [OUTSIDE, `it reads shapes of 2 or 4 dimensions only, this one is [${newShape.join(', ')}]`];
};

/** What it asks of each convolution. */
export const CONV_CHECKS: readonly Check[] = [hasBias, floatWeights, knownActivation];

/** Operators of the published network that it imports, and what it asks of each. */
export const IMPORTED: Readonly<Record<string, readonly Check[]>> = {
  CONV_2D: CONV_CHECKS,
  FULLY_CONNECTED: CONV_CHECKS,
  RESHAPE: [hasNewShape],
};
