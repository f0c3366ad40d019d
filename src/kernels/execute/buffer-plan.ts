import { tensorBytes, type Graph } from '../../models/graph/graph.ts';

const ALIGNMENT = 16;

interface Lifetime {
  readonly tensor: number;
  readonly bytes: number;
  /** First and last node that needs the tensor; -1 before the first, the number of nodes after the last. */
  readonly first: number;
  last: number;
}

/** Where each computed tensor lies in one shared buffer. */
export interface BufferPlan {
  /** Bytes of the buffer. */
  readonly bytes: number;
  /** Byte offset by tensor index, a multiple of 16. */
  readonly offsets: ReadonlyMap<number, number>;
}

function findLifetimes(graph: Graph): Lifetime[] {
  const lifetimes = new Map<number, Lifetime>();
  const start = (tensor: number, first: number) => {
    const bytes = Math.ceil(tensorBytes(graph.tensors[tensor]) / ALIGNMENT) * ALIGNMENT;
    lifetimes.set(tensor, { tensor, bytes, first, last: first });
  };
  graph.inputs.forEach((tensor) => start(tensor, -1));
  graph.nodes.forEach((node, index) => {
    node.outputs.forEach((tensor) => start(tensor, index));
    for (const tensor of node.inputs) {
      const lifetime = lifetimes.get(tensor);
      if (lifetime) lifetime.last = index;
    }
  });
  for (const tensor of graph.outputs) {
    const lifetime = lifetimes.get(tensor);
    if (lifetime) lifetime.last = graph.nodes.length;
  }
  return [...lifetimes.values()];
}

/** Lowest offset at which the bytes touch none of the blocks, which are sorted by offset. */
function lowestGap(blocks: readonly { offset: number; bytes: number }[], bytes: number): number {
  let offset = 0;
  for (const block of blocks) {
    if (offset + bytes <= block.offset) return offset;
    offset = Math.max(offset, block.offset + block.bytes);
  }
  return offset;
}

/**
 * Shares one buffer among the tensors that nodes compute, largest first into the lowest gap. It serves this executor;
 * the arena of a board's runtime is planned elsewhere, by that runtime's own rules.
 */
export function planBuffers(graph: Graph): BufferPlan {
  const placed: (Lifetime & { offset: number })[] = [];
  const bySize = findLifetimes(graph).sort((a, b) => b.bytes - a.bytes);
  for (const lifetime of bySize) {
    const rivals = placed
      .filter(({ first, last }) => first <= lifetime.last && last >= lifetime.first)
      .sort((a, b) => a.offset - b.offset);
    placed.push({ ...lifetime, offset: lowestGap(rivals, lifetime.bytes) });
  }
  const bytes = placed.reduce((most, block) => Math.max(most, block.offset + block.bytes), 0);
  return { bytes, offsets: new Map(placed.map(({ tensor, offset }) => [tensor, offset])) };
}
