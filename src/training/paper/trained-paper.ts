import { bytesFromBase64 } from '../../base64.ts';
import { SpecError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { fillPaperCnn } from './paper-training.ts';

/** One of the paper's networks with trained weights. */
export interface TrainedPaperCnn {
  readonly graph: Graph;
  /** Share of the authors' 12,000 test images that it names right, 0 to 1. */
  readonly accuracy: number;
}

/**
 * The paper's network of 1 to 10 filters as this project trained it (seed 1, 12 epochs, `scripts/train-paper.ts`), float32.
 * Throws a SpecError for another number of filters.
 */
export async function loadTrainedPaperCnn(filters: number): Promise<TrainedPaperCnn> {
  const { PAPER_WEIGHTS } = await import('./paper-weights.ts');
  const row = PAPER_WEIGHTS[filters - 1];
  if (!row) {
    throw new SpecError(
      `paper:${filters} has no trained weights here, only 1 to ${PAPER_WEIGHTS.length} filters have; train it first`,
    );
  }
  const bytes = bytesFromBase64(row.weights);
  return { graph: fillPaperCnn({ filters }, new Float32Array(bytes.buffer)), accuracy: row.accuracy };
}
