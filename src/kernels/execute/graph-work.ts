import { InferscopeError, SpecError, UnsupportedOpError } from '../../errors.ts';
import {
  elementCount,
  tensorBytes,
  type Graph,
  type GraphNode,
  type TensorInfo,
} from '../../models/graph/graph.ts';
import { withSubgraphs } from '../../models/graph/called-subgraphs.ts';
import { checkCalls } from './check-calls.ts';
import { isParameter } from '../definition/define-op.ts';
import { opFor, whyForeign, whyUnknown } from '../registry.ts';
import type { DescribedOp, Work } from '../definition/op.ts';
import { shapeText } from '../definition/operands.ts';

export interface NodeWork {
  readonly node: GraphNode;
  readonly index: number;
  readonly work: Work;
  /** Elements of the node's weights, bias and other constant operands; index, shape and axis constants do not count. */
  readonly parameters: number;
}

export interface WorkTotals {
  readonly macs: number;
  /** Each constant once, also where several nodes share it. */
  readonly parameters: number;
  /** Bytes of the parameters as they are stored. */
  readonly bytes: number;
}

/** Throws an UnsupportedOpError that names the operator of a node and says why there is none. */
export function refuseOp(node: GraphNode, index: number): never {
  const why = whyForeign(node.op) ?? whyUnknown();
  throw new UnsupportedOpError(`op ${index} (${node.op}): ${why}`);
}

/** The op of a node. Throws an UnsupportedOpError that names it where the project does not know it, or it is not loaded. */
export function requireOp(node: GraphNode, index: number): DescribedOp {
  return opFor(node.op) ?? refuseOp(node, index);
}

function readTensor<T>(tensors: readonly T[], tensor: number, where: string): T {
  const found = tensors[tensor];
  if (found !== undefined) return found;
  throw new SpecError(`${where}: tensor ${tensor} does not exist, the model has ${tensors.length}`);
}

function pickInputs(tensors: readonly TensorInfo[], node: GraphNode, index: number) {
  return node.inputs.map((tensor) =>
    tensor < 0 ? undefined : readTensor(tensors, tensor, `op ${index} (${node.op})`),
  );
}

function inferNode(
  op: DescribedOp,
  node: GraphNode,
  index: number,
  tensors: readonly TensorInfo[],
): TensorInfo[] {
  const inputs = pickInputs(tensors, node, index);
  try {
    const declared = node.outputs.map((tensor) => tensors[tensor]);
    return op.infer(node.attributes, inputs, declared);
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    throw new SpecError(`op ${index}: ${error.message}`);
  }
}

function checkInputs(graph: Graph): void {
  for (const index of graph.inputs) {
    const { name, shapeSignature } = readTensor(graph.tensors, index, 'model input');
    if (!shapeSignature?.slice(1).includes(-1)) continue;
    throw new SpecError(
      `model input ${index} "${name}" has unknown dimensions ${shapeText(shapeSignature)} beyond the batch; ` +
        'export the model with a fixed input shape',
    );
  }
}

function checkOutput(
  graph: Graph,
  node: GraphNode,
  index: number,
  tensor: number,
  inferred: TensorInfo,
): void {
  const { name, shape, shapeSignature } = readTensor(graph.tensors, tensor, `op ${index} (${node.op})`);
  if (String(shape) === String(inferred.shape)) return;
  const isOpen = shapeSignature?.[0] === -1;
  throw new SpecError(
    `op ${index} (${node.op}): output tensor ${tensor} "${name}" is ${shapeText(shape)} in the model, ` +
      `but its inputs give ${shapeText(inferred.shape)}` +
      (isOpen ? '; its batch is left open: export the model with a batch of 1' : ''),
  );
}

/**
 * Checks each node's output shapes against the graph's tensors and returns the tensors, with the values of those
 * that follow from shapes alone (a Flatten that the model computes as SHAPE, STRIDED_SLICE, PACK). An unknown batch
 * counts as 1. Throws an UnsupportedOpError for an unknown op and a SpecError that names op, tensor and both shapes.
 */
export function inferGraph(graph: Graph): TensorInfo[] {
  for (const one of withSubgraphs(graph).slice(1)) inferOne(one, graph);
  return inferOne(graph, graph);
}

function inferOne(graph: Graph, root: Graph): TensorInfo[] {
  checkInputs(graph);
  const tensors: TensorInfo[] = [...graph.tensors];
  graph.nodes.forEach((node, index) => {
    const op = requireOp(node, index);
    const inferred = inferNode(op, node, index, tensors);
    if (node.calls !== undefined) checkCalls(op, node, index, root);
    if (inferred.length !== node.outputs.length) {
      const got = `${node.outputs.length} outputs in the model, ${inferred.length} expected`;
      throw new SpecError(`op ${index} (${node.op}): ${got}`);
    }
    node.outputs.forEach((tensor, position) => {
      const { dtype, shape, data } = inferred[position];
      checkOutput(graph, node, index, tensor, inferred[position]);
      if (data) tensors[tensor] = { dtype, shape, data };
    });
  });
  return tensors;
}

function parameterTensors(
  graph: Graph,
  node: GraphNode,
  op: DescribedOp,
  computed: ReadonlySet<number>,
): number[] {
  return node.inputs.filter(
    (tensor, position) =>
      tensor >= 0 && !computed.has(tensor) && isParameter(op, position, graph.tensors[tensor]),
  );
}

function sumOf(indices: Iterable<number>, value: (index: number) => number): number {
  let sum = 0;
  for (const index of indices) sum += value(index);
  return sum;
}

/**
 * Work of each node in order, and the model's totals. The graph's shapes are trusted: check a file with `inferGraph`
 * first. Throws an UnsupportedOpError for an op that the project does not know.
 */
export function graphWork(graph: Graph): { nodes: NodeWork[]; totals: WorkTotals } {
  const computed = new Set([...graph.inputs, ...graph.nodes.flatMap((node) => node.outputs)]);
  const distinct = new Set<number>();
  const elements = (tensor: number) => elementCount(graph.tensors[tensor].shape);
  const nodes = graph.nodes.map((node, index): NodeWork => {
    const op = requireOp(node, index);
    const inputs = pickInputs(graph.tensors, node, index);
    const outputs = node.outputs.map((tensor) =>
      readTensor(graph.tensors, tensor, `op ${index} (${node.op})`),
    );
    const constants = parameterTensors(graph, node, op, computed);
    constants.forEach((tensor) => distinct.add(tensor));
    const work = op.work(node.attributes, inputs, outputs);
    return { node, index, work, parameters: sumOf(constants, elements) };
  });
  const macs = nodes.reduce((sum, { work }) => sum + work.macs, 0);
  const bytes = sumOf(distinct, (tensor) => tensorBytes(graph.tensors[tensor]));
  return { nodes, totals: { macs, parameters: sumOf(distinct, elements), bytes } };
}
