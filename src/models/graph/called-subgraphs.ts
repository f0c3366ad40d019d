import type { Graph, GraphNode } from './graph.ts';

/** Attributes that number a subgraph, by operator that runs it, in the order of the interpreter. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  CALL_ONCE: ['initial'],
  IF: ['whenTrue', 'whenFalse'],
  WHILE: ['condition', 'body'],
};

/** Numbers of the further subgraphs that a node runs. */
export function calledSubgraphs({ op, attributes }: GraphNode): number[] {
  return (CALLS[op] ?? []).map((name) => (attributes as Record<string, number>)[name] ?? 0);
}

/** A further subgraph by its number in the file, which counts from 1; undefined where it was not read. */
export function subgraphOf(graph: Graph, number: number): Graph | undefined {
  return graph.subgraphs?.[number - 1];
}

/** A graph and all further subgraphs that its nodes run, each once, in the order in which they are met. */
export function withSubgraphs(graph: Graph): Graph[] {
  if (graph.subgraphs === undefined) return [graph];
  const found = new Set<Graph>([graph]);
  for (const one of found) {
    for (const node of one.nodes) {
      for (const number of calledSubgraphs(node)) {
        const called = subgraphOf(graph, number);
        if (called) found.add(called);
      }
    }
  }
  return [...found];
}
