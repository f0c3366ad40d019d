import type { Board } from '../boards/board/board.ts';
import { SpecError } from '../errors.ts';
import type { Model } from '../models/formats/model.ts';
import { predict, type PredictOptions } from '../simulate/predict.ts';

/** The different trace hashes of `runs` predictions; with `shuffleTies` each run shuffles by another seed from 1 on. */
export function collectHashes(
  model: Model,
  board: Board,
  options: PredictOptions,
  runs: number,
  shuffleTies: boolean,
): string[] {
  if (!Number.isSafeInteger(runs) || runs < 1) {
    throw new SpecError(`--repeat must be a whole number above 0, got ${runs}`);
  }
  const hashes = new Set<string>();
  for (let run = 1; run <= runs; run++) {
    const shuffled = shuffleTies ? { ...options, shuffleTies: run } : options;
    hashes.add(predict(model, board, shuffled).traceHash);
  }
  return [...hashes];
}
