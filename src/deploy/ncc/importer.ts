import { opFor } from '../../kernels/registry.ts';
import { readInts } from '../../kernels/definition/operands.ts';
import { elementCount, type Graph, type GraphNode, type Tensor } from '../../models/graph/graph.ts';
import type { ToolchainRefusal } from '../program.ts';
import { toolName } from './tool-names.ts';

/** What the tool's importer says of one operator, and what to do; undefined where it takes it. */
type Check = (node: GraphNode, graph: Graph) => readonly [text: string, instead: string] | undefined;

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
  return firstRefusal(graph, IMPORTED);
}

/** The same of the graph's float32 twin: what it says of element types is left out. */
export function floatImportRefusal(graph: Graph): ToolchainRefusal | undefined {
  return firstRefusal(graph, IMPORTED_AS_FLOAT);
}

/** What the importer says of one node of the graph's float32 twin, and the way out; undefined where it takes it. */
export function floatNodeRefusal(graph: Graph, node: GraphNode): string | undefined {
  const refusal = refusalOf(graph, graph.nodes.indexOf(node), IMPORTED_AS_FLOAT);
  return refusal && `ncc 0.1.0-rc5 says "${refusal.text}"; ${refusal.instead}`;
}

function firstRefusal(graph: Graph, imported: Imported): ToolchainRefusal | undefined {
  for (let node = 0; node < graph.nodes.length; node++) {
    const refusal = refusalOf(graph, node, imported);
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOf(graph: Graph, index: number, imported: Imported): ToolchainRefusal | undefined {
  const node = graph.nodes[index];
  const checks = imported[node.op];
  if (!checks) {
    const instead = INSTEAD[node.op] ?? insteadOf(node.op);
    return wordsAt(graph, index, `Layer ${toolName(node.op)} is not supported`, instead);
  }
  for (const check of checks) {
    const found = check(node, graph);
    if (found) return wordsAt(graph, index, ...found);
  }
  return undefined;
}

function insteadOf(op: string): string {
  const form = opFor(op)?.kmodel;
  if (form && 'instead' in form) return form.instead;
  return `it takes no other operators than ${Object.keys(IMPORTED).join(', ')}`;
}

const FUSE = 'give it to the convolution or Dense before it as its activation';
const LEAVE_OUT = 'leave it out, or use a RESHAPE to [1, n] before a Dense';
const FLOAT = 'pass the float32 model, it quantizes by itself';

/** The way out of an operator that it does not import. */
const INSTEAD: Readonly<Record<string, string>> = {
  RELU: FUSE,
  RELU6: FUSE,
  RELU_N1_TO_1: 'use RELU6, as the activation of the convolution or Dense before it',
  SQUEEZE: LEAVE_OUT,
  EXPAND_DIMS: LEAVE_OUT,
  QUANTIZE: FLOAT,
  DEQUANTIZE: FLOAT,
  RESIZE_BILINEAR: 'use RESIZE_NEAREST_NEIGHBOR',
  HARD_SWISH: 'use RELU6, as the activation of the convolution before it',
  BATCH_TO_SPACE_ND: 'use a convolution without dilation',
};

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

const knownActivation: Check = ({ attributes }) => {
  const { activation = 'NONE' } = attributes as { readonly activation?: string };
  if (['NONE', 'RELU', 'RELU6'].includes(activation)) return undefined;
  return ['activation', `it fuses no ${activation}; use RELU or RELU6`];
};

const plainDepthwise: Check = ({ attributes, inputs }, { tensors }) => {
  const { depthMultiplier = 1 } = attributes as { readonly depthMultiplier?: number };
  if (depthMultiplier === 1 || tensors[inputs[0]].shape.at(-1) === 1) return undefined;
  return [
    'Layer DEPTHWISE_CONV_2D is not supported: depth_multiplier must be 1',
    `this one is ${depthMultiplier}; use a multiplier of 1 and a 1x1 convolution behind it`,
  ];
};

const lastAxis: Check = ({ attributes }) =>
  (attributes as { readonly axis: number }).axis === 3
    ? undefined
    : ['Axis of concatenation must be 3.', 'join four-dimensional maps along axis 3, and write 3 for -1'];

const onePixel: Check = ({ inputs }, { tensors }) =>
  constantOf(tensors[inputs[1]]) === '0,0,1,1,1,1,0,0'
    ? undefined
    : [
        'Layer Pad is not supported: Only paddings of [[0,0],[1,1],[1,1],[0,0]] is supported',
        'pad one pixel on each side, before a VALID 3x3 convolution',
      ];

const overPixels: Check = ({ inputs }, { tensors }) =>
  constantOf(tensors[inputs[1]]) === '1,2'
    ? undefined
    : [
        'Layer tflite.Operator is not supported: Only [1,2] axis mean is supported',
        'average over height and width, axes [1, 2] in this order',
      ];

const byScalar: Check = ({ inputs }, { tensors }) =>
  inputs.some((tensor) => tensors[tensor].isConstant && elementCount(tensors[tensor].shape) === 1)
    ? undefined
    : [
        'Layer tflite.Operator is not supported: Only scalar multiply is supported',
        'multiply by one number, or fold the factors into a convolution',
      ];

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

function constantOf(tensor: Tensor | undefined): string | undefined {
  return tensor?.data && readInts(tensor, 'operand').join();
}

const CONV: readonly Check[] = [hasBias, floatWeights, knownActivation];

/** The operators that it imports, and what it asks of each. */
type Imported = Readonly<Record<string, readonly Check[]>>;

const IMPORTED: Imported = withRanks({
  SPACE_TO_BATCH_ND: [],
  CONV_2D: CONV,
  DEPTHWISE_CONV_2D: [...CONV, plainDepthwise],
  AVERAGE_POOL_2D: [knownActivation],
  MAX_POOL_2D: [knownActivation],
  L2_NORMALIZATION: [],
  ADD: [],
  MUL: [byScalar],
  FULLY_CONNECTED: CONV,
  SOFTMAX: [],
  CONCATENATION: [lastAxis],
  MAXIMUM: [],
  RESIZE_NEAREST_NEIGHBOR: [],
  LEAKY_RELU: [],
  MEAN: [overPixels],
  RESHAPE: [hasNewShape],
  PAD: [onePixel],
  LOGISTIC: [],
});

const IMPORTED_AS_FLOAT: Imported = {
  ...Object.fromEntries(
    Object.entries(IMPORTED).map(([op, checks]) => [op, checks.filter((check) => check !== floatWeights)]),
  ),
  ...withRanks({ QUANTIZE: [], DEQUANTIZE: [] }),
};

/** The checks of each operator behind the one that all have. */
function withRanks(imported: Imported): Imported {
  return Object.fromEntries(Object.entries(imported).map(([op, checks]) => [op, [ranks, ...checks]]));
}
