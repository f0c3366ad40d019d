import type { Graph } from '../models/graph.ts';

const PAPER = /^paper:(\d+)$/;
const TRAINED_FILTERS = 10;

/** The paper's networks with the weights that ship with the project; any other model as it is. */
export async function withTrainedWeights(graph: Graph): Promise<Graph> {
  const filters = Number(PAPER.exec(graph.name)?.[1]);
  if (graph.format !== 'builder' || !(filters <= TRAINED_FILTERS)) return graph;
  const { loadTrainedPaperCnn } = await import('../models/trained-paper.ts');
  return (await loadTrainedPaperCnn(filters)).graph;
}
