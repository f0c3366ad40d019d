import type { PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import { PAPER_WEIGHTS } from '../../training/paper/paper-weights.ts';

/** Keys whose values a trained network has: the paper's own. */
const TRAINED: Readonly<Record<string, number | string>> = {
  kernel: 3,
  side: 14,
  channels: 1,
  stride: 1,
  classes: 10,
  padding: 'SAME',
  dtype: 'float32',
};

/**
 * Share of the authors' 12,000 test images that the trained float32 network of a spec names right, 0 to 1; NaN for a
 * network that was not trained. What a converter makes of its weights is not part of it.
 */
export function trainedAccuracy(paper: PaperCnnOptions): number {
  for (const key in TRAINED) {
    const value = paper[key as keyof PaperCnnOptions];
    if (value !== undefined && value !== TRAINED[key]) return Number.NaN;
  }
  return PAPER_WEIGHTS[paper.filters - 1]?.accuracy ?? Number.NaN;
}
