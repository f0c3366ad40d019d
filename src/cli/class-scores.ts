/** An element of the first output; `score` is its real value: scale x (stored - zero point) where it is quantized. */
export interface ClassScore {
  readonly index: number;
  readonly score: number;
}

/** The largest scores, of equal ones the first. */
export function rankScores(scores: readonly number[], count: number): ClassScore[] {
  return scores
    .map((score, index) => ({ index, score }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count);
}
