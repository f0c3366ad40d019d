import type { Graph } from './graph.ts';

/** A further subgraph by its number in the file, which counts from 1; undefined where it was not read. */
export function subgraphOf(graph: Graph, number: number): Graph | undefined {
  return graph.subgraphs?.[number - 1];
}

/** A graph and all further subgraphs of its file that were read, in the order of the file: an interpreter sets all up. */
export function allSubgraphs(graph: Graph): readonly Graph[] {
  if (graph.subgraphs === undefined) return [graph];
  return [graph, ...graph.subgraphs.filter((one) => one !== undefined)];
}

/** A graph and all further subgraphs that its nodes run, each once, in the order in which they are met. */
export function withSubgraphs(graph: Graph): Graph[] {
  if (graph.subgraphs === undefined) return [graph];
  const found = new Set<Graph>([graph]);
  for (const one of found) {
    for (const { calls = [] } of one.nodes) {
      for (const number of calls) {
        const called = subgraphOf(graph, number);
        if (called) found.add(called);
      }
    }
  }
  return [...found];
}
