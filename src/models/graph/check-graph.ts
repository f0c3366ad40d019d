import { FormatError } from '../../errors.ts';
import { elementCount, type Graph, type GraphNode, type Tensor } from './graph.ts';

/**
 * Checks that a graph can be run from first node to last: indices exist, each tensor is written once, and nothing is
 * read before it is written. Throws a FormatError that begins with `graph.name` and says which op and tensor.
 */
export function checkGraph(graph: Graph): void {
  const ready = new Uint8Array(graph.tensors.length);
  graph.tensors.forEach((tensor, index) => (ready[index] = Number(holdsValue(tensor))));
  for (const index of graph.inputs) {
    requireIndex(graph, index, () => 'input of the network');
    ready[index] = 1;
  }
  graph.nodes.forEach((node, index) => checkNode(graph, node, () => `op ${index} (${node.op})`, ready));
  for (const index of graph.outputs) {
    requireIndex(graph, index, () => 'output of the network');
    if (!ready[index]) fail(graph, `output of the network: tensor ${index} is never written`);
  }
}

function holdsValue(tensor: Tensor): boolean {
  return tensor.isConstant === true || tensor.isVariable === true || elementCount(tensor.shape) === 0;
}

function checkNode(graph: Graph, node: GraphNode, where: () => string, ready: Uint8Array): void {
  for (const index of node.inputs) {
    if (index === -1) continue;
    requireIndex(graph, index, where);
    if (!ready[index]) fail(graph, `${where()} reads tensor ${index} before any op has written it`);
  }
  for (const index of node.outputs) {
    requireIndex(graph, index, where);
    if (ready[index] && !graph.tensors[index].isVariable) {
      fail(graph, `${where()} writes tensor ${index}, which already has a value`);
    }
    ready[index] = 1;
  }
}

function requireIndex(graph: Graph, index: number, where: () => string): void {
  if (index >= 0 && index < graph.tensors.length) return;
  fail(graph, `${where()} names tensor ${index}, but there are ${graph.tensors.length}`);
}

function fail(graph: Graph, what: string): never {
  throw new FormatError(`${graph.name}: ${what}; the model is damaged`);
}
