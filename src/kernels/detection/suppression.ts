import { fail } from '../definition/operands.ts';
import { CORNERS, intersectionOverUnion } from './detection-boxes.ts';
import type { DetectionAttributes, DetectionGeometry } from './detection-geometry.ts';

/** One detection: its box, class and score. */
export interface Detection {
  readonly box: number;
  readonly of: number;
  readonly score: number;
}

/** Indices by falling value, of equal ones the first first. */
function argSort(values: readonly number[]): number[] {
  return [...values.keys()].sort((a, b) => values[b] - values[a] || a - b);
}

/** Boxes in the order of their scores, without those that overlap a better one. */
function suppress(
  scores: readonly number[],
  corners: Float32Array,
  { scoreThreshold, iouThreshold }: DetectionAttributes,
  most: number,
): number[] {
  const kept = [...scores.keys()].filter((box) => scores[box] >= scoreThreshold);
  const sorted = argSort(kept.map((box) => scores[box])).map((at) => kept[at]);
  const isOpen = sorted.map(() => true);
  const selected: number[] = [];
  for (let i = 0; i < sorted.length && selected.length < Math.min(sorted.length, most); i++) {
    if (!isOpen[i]) continue;
    selected.push(sorted[i]);
    for (let j = i + 1; j < sorted.length; j++) {
      if (isOpen[j] && intersectionOverUnion(corners, sorted[i], sorted[j]) > iouThreshold) isOpen[j] = false;
    }
  }
  return selected;
}

/** Class by class; the best of all of them in the end (NonMaxSuppressionMultiClassRegularHelper). */
export function suppressByClass(
  { boxes, scores: stride, offset }: DetectionGeometry,
  attributes: DetectionAttributes,
  scores: ArrayLike<number>,
  corners: Float32Array,
): Detection[] {
  if (attributes.detectionsPerClass < 1) fail('detections_per_class is below 1');
  let best: Detection[] = [];
  for (let of = 0; of < attributes.classes; of++) {
    const own = Array.from({ length: boxes }, (_, box) => scores[box * stride + of + offset]);
    const selected = suppress(own, corners, attributes, attributes.detectionsPerClass);
    const all = [...best, ...selected.map((box) => ({ box, of, score: own[box] }))];
    best = argSort(all.map(({ score }) => score))
      .slice(0, attributes.maxDetections)
      .map((at) => all[at]);
  }
  return best;
}

/** By the best score of each box; `perBox` classes of each that is left (NonMaxSuppressionMultiClassFastHelper). */
export function suppressByBox(
  { boxes, scores: stride, offset, perBox }: DetectionGeometry,
  attributes: DetectionAttributes,
  scores: ArrayLike<number>,
  corners: Float32Array,
): Detection[] {
  const scoresOf = (box: number) =>
    Array.from({ length: attributes.classes }, (_, of) => scores[box * stride + offset + of]);
  const best = Array.from({ length: boxes }, (_, box) => Math.max(...scoresOf(box)));
  return suppress(best, corners, attributes, attributes.maxDetections).flatMap((box) => {
    const own = scoresOf(box);
    return argSort(own)
      .slice(0, perBox)
      .map((of) => ({ box, of, score: own[of] }));
  });
}

/** Where a detection goes: the fast kernel steps on by its classes twice, so that it leaves places out. */
export function placeOf(index: number, perBox: number): number {
  return perBox * index + (index % perBox);
}

/** Writes a detection, as far as there is room. */
export function store(
  { box, of, score }: Detection,
  at: number,
  corners: Float32Array,
  [boxes, classes, scores]: readonly Float32Array[],
): void {
  if (at >= classes.length) return;
  boxes.set(corners.subarray(box * CORNERS, (box + 1) * CORNERS), at * CORNERS);
  classes[at] = of;
  scores[at] = score;
}
