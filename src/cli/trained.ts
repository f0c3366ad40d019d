import { SpecError } from '../errors.ts';
import type { Graph } from '../models/graph/graph.ts';

const PAPER = /^paper:(\d+)$/;
const TRAINED_FILTERS = 10;

/** The paper's networks with the weights that ship with the project; any other model as it is. */
export async function withTrainedWeights(graph: Graph): Promise<Graph> {
  const filters = Number(PAPER.exec(graph.name)?.[1]);
  if (graph.format !== 'builder' || !(filters <= TRAINED_FILTERS)) return graph;
  const { loadTrainedPaperCnn } = await import('../training/paper/trained-paper.ts');
  return (await loadTrainedPaperCnn(filters)).graph;
}

/** Also throws a SpecError for a model that has no weights, as those of a builder spec. */
export async function requireTrainedWeights(model: Graph): Promise<Graph> {
  const graph = await withTrainedWeights(model);
  if (!graph.tensors.some(({ isConstant, data }) => isConstant && !data)) return graph;
  throw new SpecError(
    `${graph.name}: has no weights; train it first with \`inferscope train --out m.tflite\` (paper:1 to paper:10 have theirs)`,
  );
}
