import { allSubgraphs, subgraphOf } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';

const NEVER = -2;

/** Steps of one graph by index. */
export interface Uses {
  /** The step that writes a tensor, and the last that uses it. */
  readonly first: number[];
  readonly last: number[];
  /** The step of a node, and the last one of the subgraphs that it runs. */
  readonly nodeFirst: number[];
  readonly nodeLast: number[];
}

/** The steps over which an arena is planned: one for each operator, and one before each subgraph that an operator runs. */
export interface ArenaSteps {
  readonly names: readonly string[];
  /** By graph; of a subgraph that is run twice the last time counts. */
  readonly uses: ReadonlyMap<Graph, Uses>;
}

/** The steps of the last network of a builder: those of a sweep have all the same wiring, with other shapes. */
let last: { readonly graph: Wiring; readonly uses: Uses } | undefined;

/** A choice: more than a network of a sweep has, and little memory. */
const KEPT_NODES = 1024;

/** What the steps of a network without further subgraphs follow from. */
interface Wiring {
  readonly tensorCount: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly nodes: readonly Pick<GraphNode, 'inputs' | 'outputs'>[];
}

/** Steps of a network that has no further subgraphs. */
export function usesOf(graph: Graph): Uses {
  if (last !== undefined && isWired(graph, last.graph)) return last.uses;
  const uses = stepsOf(graph).uses.get(graph)!;
  const { inputs, outputs, nodes, tensors } = graph;
  // Of a file nothing is kept: its nodes may hold on to its bytes.
  if (graph.format === 'builder' && nodes.length <= KEPT_NODES)
    last = { graph: { tensorCount: tensors.length, inputs, outputs, nodes }, uses };
  return uses;
}

function isWired({ tensors, inputs, outputs, nodes }: Graph, known: Wiring): boolean {
  if (tensors.length !== known.tensorCount || nodes.length !== known.nodes.length) return false;
  if (!isEqual(inputs, known.inputs) || !isEqual(outputs, known.outputs)) return false;
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    const other = known.nodes[at];
    if (!isEqual(node.inputs, other.inputs) || !isEqual(node.outputs, other.outputs)) return false;
  }
  return true;
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Counts the steps (micro_allocation_info.cc, MarkAllocationLifetimes). */
export function stepsOf(graph: Graph): ArenaSteps {
  const walk = new Walk(graph);
  walk.through(graph);
  for (const one of allSubgraphs(graph)) if (!walk.uses.has(one)) walk.uses.set(one, neverUsed(one));
  return walk;
}

class Walk implements ArenaSteps {
  readonly names: string[] = [];
  readonly uses = new Map<Graph, Uses>();
  readonly #root: Graph;

  constructor(root: Graph) {
    this.#root = root;
  }

  get #step(): number {
    return this.names.length - 1;
  }

  through(graph: Graph): void {
    const known = this.uses.get(graph) ?? neverUsed(graph);
    this.uses.set(graph, known);
    const { last, nodeFirst, nodeLast } = known;
    this.#write(known, graph.inputs);
    this.#write(known, graph.outputs);
    for (let index = 0; index < graph.nodes.length; index++) {
      const { op, inputs, outputs } = graph.nodes[index];
      this.names.push(op);
      nodeFirst[index] = this.#step;
      this.#write(known, outputs);
      if (this.#root.subgraphs) this.#call(graph, index);
      const step = this.#step;
      for (const tensor of inputs) if (tensor >= 0) last[tensor] = step;
      for (const tensor of outputs) last[tensor] = step;
      nodeLast[index] = step;
    }
    for (const tensor of graph.outputs) last[tensor] = this.#step;
  }

  #write({ first, last }: Uses, tensors: readonly number[]): void {
    const step = this.#step;
    for (const tensor of tensors) {
      first[tensor] = step;
      last[tensor] = step;
    }
  }

  #call(graph: Graph, index: number): void {
    for (const number of graph.nodes[index].calls ?? []) {
      this.names.push(`subgraph ${number}`);
      const called = subgraphOf(this.#root, number);
      if (called) this.through(called);
    }
  }
}

function neverUsed({ tensors, nodes }: Graph): Uses {
  const never = (count: number) => new Array<number>(count).fill(NEVER);
  return {
    ...{ first: never(tensors.length), last: never(tensors.length) },
    ...{ nodeFirst: never(nodes.length), nodeLast: never(nodes.length) },
  };
}
