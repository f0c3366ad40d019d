import type { Graph, GraphNode, Tensor } from '../models/graph/graph.ts';
import { elementCount } from '../models/graph/graph.ts';
import { cropConstant } from './crop-constant.ts';
import type { Edit } from './edit.ts';
import { rebuild } from './rebuild.ts';

const WINDOWS = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);
/** Widths that kernels are unrolled by, and the most inputs of a Dense that an accelerator's converter may take. */
const [MULTIPLES, DENSE_INPUTS, MOST_CHANNELS] = [[8, 4], 1024, 1024];

/** Small legal changes of one operator of the network. */
export function graphEdits(graph: Graph, node: number): Edit[] {
  const { op } = graph.nodes[node];
  return [
    ...(op === 'CONV_2D' ? channelEdits(graph, node) : []),
    ...(WINDOWS.has(op) ? windowEdits(graph, node) : []),
    ...activationEdits(graph, node),
  ];
}

const what = (graph: Graph, node: number): string => `${graph.nodes[node].op} (op ${node})`;

function channelEdits(graph: Graph, node: number): Edit[] {
  const weights = graph.nodes[node].inputs[1];
  const channels = graph.tensors[weights].shape[0];
  const wanted = [
    ...MULTIPLES.map((multiple) => multiple * Math.floor((channels - 1) / multiple)),
    ...[channels >> 1, Math.min(channels - 1, MOST_CHANNELS), denseLimit(graph, node)],
  ];
  const fewer = [...new Set(wanted)].filter((count) => count > 0 && count < channels);
  return fewer.map((count) => ({
    ...{ kind: 'channels', node, changesAnswers: true },
    title: `${what(graph, node)}: ${count} filters instead of ${channels}`,
    change: (given) => rebuild(given, { tensors: withOutputs(given, given.nodes[node], count) }),
  }));
}

/** Fewer outputs of a convolution: its weights; what follows them is fitted. */
function withOutputs({ tensors }: Graph, { inputs }: GraphNode, count: number): ReadonlyMap<number, Tensor> {
  const weights = tensors[inputs[1]];
  return new Map([[inputs[1], cropConstant(weights, [count, ...weights.shape.slice(1)])]]);
}

/** The most channels with which a Dense behind this layer has no more than 1024 inputs; 0 where none follows. */
function denseLimit({ nodes, tensors }: Graph, node: number): number {
  let [at, output] = [node, nodes[node].outputs[0]];
  const passes = new Set(['RESHAPE', 'RELU', 'RELU6', 'MAX_POOL_2D', 'AVERAGE_POOL_2D', 'DEPTHWISE_CONV_2D']);
  for (;;) {
    const next = nodes.findIndex(({ inputs }) => inputs[0] === output);
    if (next < 0 || next <= at) return 0;
    const channels = tensors[nodes[node].outputs[0]].shape[3];
    if (nodes[next].op === 'FULLY_CONNECTED') {
      const inputs = elementCount(tensors[output].shape);
      return inputs > DENSE_INPUTS ? Math.floor(DENSE_INPUTS / (inputs / channels)) : 0;
    }
    if (!passes.has(nodes[next].op)) return 0;
    [at, output] = [next, nodes[next].outputs[0]];
  }
}

function withAttributes(given: Graph, node: number, attributes: object): Graph {
  const before = given.nodes[node];
  return rebuild(given, {
    nodes: new Map([[node, { ...before, attributes: { ...before.attributes, ...attributes } }]]),
  });
}

function windowEdits(graph: Graph, node: number): Edit[] {
  const { attributes, inputs } = graph.nodes[node];
  const { padding, dilationH = 1, dilationW = 1 } = attributes as Record<string, never>;
  const [, kernelH, kernelW] = graph.tensors[inputs[1]].shape;
  const edits: Edit[] = [];
  const add = (kind: Edit['kind'], text: string, change: (given: Graph) => Graph) =>
    edits.push({ kind, node, title: `${what(graph, node)}: ${text}`, change, changesAnswers: true });
  if (kernelH > 3 || kernelW > 3 || kernelH !== kernelW) {
    add('kernel', `a 3x3 kernel instead of ${kernelH}x${kernelW}`, (given) => withKernel(given, node, 3));
  }
  if (padding === 'VALID') {
    add('padding', 'SAME padding instead of VALID', (given) =>
      withAttributes(given, node, { padding: 'SAME' }),
    );
  }
  if (dilationH > 1 || dilationW > 1) {
    add('dilation', 'no dilation', (given) => withAttributes(given, node, { dilationH: 1, dilationW: 1 }));
  }
  return edits;
}

function withKernel(given: Graph, node: number, side: number): Graph {
  const at = given.nodes[node].inputs[1];
  const [first, , , last] = given.tensors[at].shape;
  return rebuild(given, {
    tensors: new Map([[at, cropConstant(given.tensors[at], [first, side, side, last])]]),
  });
}

/** Activations that most kernels and accelerators fuse into the layer before. */
const FUSED: Readonly<Record<string, string>> = { RELU: 'RELU', RELU6: 'RELU6' };
const OTHER_ACTIVATIONS = new Set(['HARD_SWISH', 'LOGISTIC', 'TANH', 'LEAKY_RELU', 'PRELU', 'ELU', 'GELU']);

function activationEdits(graph: Graph, node: number): Edit[] {
  const { op, inputs, attributes } = graph.nodes[node];
  const maker = graph.nodes.findIndex(({ outputs }) => outputs[0] === inputs[0]);
  const readers = graph.nodes.filter((one) => one.inputs.includes(inputs[0]));
  const before = (graph.nodes[maker]?.attributes ?? {}) as { activation?: string };
  const canFuse = maker >= 0 && readers.length === 1 && before.activation === 'NONE';
  if (canFuse && (FUSED[op] !== undefined || OTHER_ACTIVATIONS.has(op))) {
    const activation = FUSED[op] ?? 'RELU6';
    const isSame = FUSED[op] !== undefined;
    const text = `${activation} fused into ${what(graph, maker)}${isSame ? '' : ` instead of ${op}`}`;
    const change = (given: Graph) => fuse(given, maker, node, activation);
    return [{ kind: 'activation', node, title: text, change, changesAnswers: !isSame }];
  }
  const { activation } = attributes as { activation?: string };
  if (activation === undefined || ['NONE', 'RELU', 'RELU6'].includes(activation)) return [];
  return [
    {
      ...{ kind: 'activation', node, changesAnswers: true },
      title: `${what(graph, node)}: RELU6 instead of ${activation}`,
      change: (given) => withAttributes(given, node, { activation: 'RELU6' }),
    },
  ];
}

/** The network without the activation's node; what read its output reads that of the layer before. */
function fuse(given: Graph, maker: number, node: number, activation: string): Graph {
  const [from, to] = [given.nodes[node].outputs[0], given.nodes[maker].outputs[0]];
  const redirect = (index: number) => (index === from ? to : index);
  const nodes = given.nodes
    .map((one, at) => {
      const attributes = at === maker ? { ...one.attributes, activation } : one.attributes;
      return { ...one, attributes, inputs: one.inputs.map(redirect) };
    })
    .filter((_, at) => at !== node);
  const tensors = given.tensors.map((tensor, at) => {
    const { quantization } = given.tensors[from];
    return at === to && quantization ? { ...tensor, quantization } : tensor;
  });
  return rebuild({ ...given, nodes, tensors, outputs: given.outputs.map(redirect) }, {});
}
