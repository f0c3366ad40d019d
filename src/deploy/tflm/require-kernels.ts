import type { Board } from '../../boards/board/board.ts';
import { UnsupportedOpError } from '../../errors.ts';
import type { KernelCall } from '../../kernels/definition/kernel-limits.ts';
import { opFor, whyForeign, whyUnknown } from '../../kernels/registry.ts';
import { allSubgraphs } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import { refusedCall } from './kernel-refusal.ts';
import { generationOf, isRegistered, LIBRARY_OF_EACH, missingKernel } from './resolver.ts';

/** A node as its kernel sees it. */
export function callOf({ tensors, format }: Graph, node: GraphNode): KernelCall {
  const { inputs, outputs, attributes, intermediates } = node;
  const isUnscaled = format === 'builder';
  const call = {
    inputs: inputs.map((tensor) => (tensor < 0 ? undefined : tensors[tensor])),
    outputs: outputs.map((tensor) => tensors[tensor]),
    attributes,
    isUnscaled,
  };
  if (intermediates === undefined) return call;
  return { ...call, intermediates: intermediates.flatMap((tensor) => tensors[tensor] ?? []) };
}

/** Why an interpreter with a kernel library does not load a node; undefined where it does. */
export function nodeRefusal(graph: Graph, node: GraphNode, kernels: string): string | undefined {
  const isKnown = opFor(node.op) !== undefined;
  const foreign = isKnown ? undefined : whyForeign(node.op);
  if (foreign !== undefined) return foreign;
  if (!isRegistered(kernels, node.op)) return missingKernel(kernels, node.op);
  if (isKnown) return refusedCall(kernels, node.op, callOf(graph, node));
  return whyUnknown();
}

interface Refusal {
  readonly node: GraphNode;
  readonly index: number;
  readonly reason: string;
}

/** The first refusal of the network, then of the further subgraphs: those that no operator runs are prepared too. */
function firstRefusal(graph: Graph, kernels: string): Refusal | undefined {
  for (const one of allSubgraphs(graph)) {
    const found = firstRefusalIn(one, kernels);
    if (found === undefined) continue;
    return one === graph ? found : { ...found, reason: `in ${one.name}: ${found.reason}` };
  }
  return undefined;
}

function firstRefusalIn(graph: Graph, kernels: string): Refusal | undefined {
  for (let index = 0; index < graph.nodes.length; index++) {
    const node = graph.nodes[index];
    const reason = nodeRefusal(graph, node, kernels);
    if (reason !== undefined) return { node, index, reason };
  }
  return undefined;
}

/** A library of the board that loads the whole network where the chosen one does not. */
function otherLibrary(graph: Graph, { runtime }: Board, kernels: string): string {
  const others = runtime.kernels.filter((other) => generationOf(other) !== generationOf(kernels));
  const found = others.find((other) => firstRefusal(graph, other) === undefined);
  return found === undefined ? '' : `, or --kernels ${found}`;
}

/**
 * Throws an UnsupportedOpError for the first operator that the board's interpreter refuses with a kernel library: with op,
 * index and unit, what is wrong, and what would run.
 */
export function requireKernels(graph: Graph, board: Board, unit: string, kernels: string): void {
  const refusal = firstRefusal(graph, kernels);
  if (refusal === undefined) return;
  const { node, index, reason } = refusal;
  const isForeign = whyForeign(node.op) !== undefined;
  const instead = isForeign || isRegistered(kernels, node.op) ? '' : '; replace the operator';
  const where = `op ${index} (${node.op}) on unit "${unit}"`;
  throw new UnsupportedOpError(`${where}: ${reason}${instead}${otherLibrary(graph, board, kernels)}`);
}

/**
 * Throws an UnsupportedOpError where no TensorFlow Lite Micro that is known loads the network: neither today's nor that of
 * an older firmware.
 */
export function requireSomeKernels(graph: Graph): void {
  const refusals = LIBRARY_OF_EACH.map((kernels) => firstRefusal(graph, kernels));
  if (refusals.includes(undefined)) return;
  const { node, index, reason } = refusals[0]!;
  throw new UnsupportedOpError(`op ${index} (${node.op}): ${reason}`);
}
