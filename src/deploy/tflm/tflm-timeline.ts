import { tensorBytes, type Graph } from '../../models/graph/graph.ts';
import type { MemoryBlock, MemoryTimeline } from '../program.ts';
import { stepsOf, usesOf } from './arena-steps.ts';
import { planArena, type PlannedBuffer } from './greedy-planner.ts';
import { tensorLifetimes, type Lifetime } from './lifetimes.ts';
import { scratchRequests } from './scratch-requests.ts';

/** A buffer of the arena: of a tensor, or scratch of a node (`tensor` is -1). */
interface ArenaBuffer extends Lifetime {
  readonly ownBytes: number;
  readonly scratchOf?: number;
}

/** Buffers in the order in which TFLite Micro hands them to its planner: tensors by index, then scratch by node. */
export function arenaBuffers(graph: Graph, kernels: string): ArenaBuffer[] {
  const tensors = tensorLifetimes(graph).map((lifetime) => ({ ...lifetime, ownBytes: lifetime.bytes }));
  const uses = graph.subgraphs === undefined ? usesOf(graph) : undefined;
  const all = uses === undefined ? stepsOf(graph).uses : undefined;
  const scratch = (scratchRequests(graph, kernels) ?? []).map(({ node, bytes, subgraph }) => {
    const { nodeFirst, nodeLast } = uses ?? all!.get(subgraph ?? graph)!;
    const [firstStep, lastStep] = [nodeFirst[node], nodeLast[node]];
    const own = { tensor: -1, bytes, ownBytes: bytes, firstStep, lastStep, scratchOf: node };
    return subgraph ? { ...own, subgraph } : own;
  });
  return [...tensors, ...scratch];
}

const BEFORE_ALL = -1;

/** The first operator of those that a buffer outlives; -1 where it is gone before any runs. */
function firstShown({ firstStep, lastStep }: Lifetime): number {
  return lastStep < 0 ? BEFORE_ALL : Math.max(firstStep, 0);
}

function blockOf(graph: Graph, buffer: PlannedBuffer<ArenaBuffer>, memory: string): MemoryBlock {
  const { scratchOf, tensor, bytes, ownBytes, offset, lastStep, subgraph = graph } = buffer;
  const isScratch = scratchOf !== undefined;
  return {
    name: isScratch
      ? `scratch of op ${scratchOf} (${subgraph.nodes[scratchOf].op})`
      : subgraph.tensors[tensor].name,
    kind: isScratch ? 'scratch' : 'tensor',
    memory,
    bytes: isScratch ? ownBytes : tensorBytes(subgraph.tensors[tensor]),
    plannedBytes: bytes,
    offset,
    firstStep: firstShown(buffer),
    lastStep: Math.max(lastStep, BEFORE_ALL),
  };
}

function notesOf(graph: Graph, kernels: string): string[] {
  const isQuantized = graph.tensors.some(({ dtype }) => dtype === 'int8' || dtype === 'int16');
  if (!isQuantized) return [];
  if (scratchRequests(graph, kernels) === undefined) {
    return [
      `scratch buffers of ${kernels} are not known and left out; --kernels cmsis-nn plans those of CMSIS-NN`,
    ];
  }
  const isWide = graph.nodes.some(({ inputs }) => graph.tensors[inputs[0] ?? -1]?.dtype === 'int16');
  if (!isWide || !kernels.startsWith('cmsis-nn')) return [];
  return ['scratch buffers of CMSIS-NN kernels on int16 activations are left out'];
}

/** Places of all tensors and scratch buffers over the operators, as TFLite Micro plans them. */
export function planTflmTimeline(graph: Graph, kernels: string, memory: string): MemoryTimeline {
  const { arenaBytes, buffers } = planArena(arenaBuffers(graph, kernels));
  const inOrder = [...buffers].sort((a, b) => firstShown(a) - firstShown(b) || a.offset - b.offset);
  return {
    steps: stepsOf(graph).names,
    blocks: inOrder.map((buffer) => blockOf(graph, buffer, memory)),
    arenaBytes,
    notes: notesOf(graph, kernels),
  };
}
