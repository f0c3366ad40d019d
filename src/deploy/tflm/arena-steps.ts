import { calledSubgraphs, subgraphOf } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';

const BEFORE_ALL = -1;
const NEVER = -2;

/** By tensor: the step that writes it, and the last that uses it. */
export interface Uses {
  readonly first: number[];
  readonly last: number[];
}

/** From the step of a node to the last one of the subgraphs that it runs. */
export interface NodeSpan {
  readonly firstStep: number;
  readonly lastStep: number;
}

/** The steps over which an arena is planned: one for each operator, and one before each subgraph that an operator runs. */
export interface ArenaSteps {
  readonly names: readonly string[];
  readonly uses: ReadonlyMap<Graph, Uses>;
  /** By node; of a subgraph that is run twice the last span counts. */
  readonly nodes: ReadonlyMap<GraphNode, NodeSpan>;
}

/** Counts the steps (micro_allocation_info.cc, MarkAllocationLifetimes). */
export function stepsOf(graph: Graph): ArenaSteps {
  const names: string[] = [];
  const uses = new Map<Graph, Uses>();
  const nodes = new Map<GraphNode, NodeSpan>();
  let step = BEFORE_ALL;
  const next = (name: string) => {
    names.push(name);
    step++;
  };
  const walk = (one: Graph): void => {
    const { first, last } = uses.get(one) ?? neverUsed(one);
    uses.set(one, { first, last });
    const write = (tensor: number) => {
      first[tensor] = step;
      last[tensor] = step;
    };
    for (const tensor of [...one.inputs, ...one.outputs]) write(tensor);
    for (const node of one.nodes) {
      next(node.op);
      node.outputs.forEach(write);
      const firstStep = step;
      for (const number of calledSubgraphs(node)) {
        const called = subgraphOf(graph, number);
        next(`subgraph ${number}`);
        if (called) walk(called);
      }
      for (const tensor of [...node.inputs, ...node.outputs]) if (tensor >= 0) last[tensor] = step;
      nodes.set(node, { firstStep, lastStep: step });
    }
    for (const tensor of one.outputs) last[tensor] = step;
  };
  walk(graph);
  return { names, uses, nodes };
}

function neverUsed({ tensors }: Graph): Uses {
  return { first: tensors.map(() => NEVER), last: tensors.map(() => NEVER) };
}
