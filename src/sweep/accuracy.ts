import { parsePaperSpec } from '../models/paper-spec.ts';
import { PAPER_WEIGHTS } from '../models/weights/paper-weights.ts';

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
export function trainedAccuracy(spec: string): number {
  const paper = parsePaperSpec(spec);
  if (!paper) return Number.NaN;
  const { filters, ...others } = paper;
  const isTrained = Object.entries(others).every(([key, value]) => TRAINED[key] === value);
  return isTrained ? (PAPER_WEIGHTS[filters - 1]?.accuracy ?? Number.NaN) : Number.NaN;
}
