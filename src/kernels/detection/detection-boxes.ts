import type { NumericData } from '../definition/kernel.ts';
import { fail } from '../definition/operands.ts';
import type { DetectionAttributes } from './detection-geometry.ts';

const { fround } = Math;

/** Corners of a box: top, left, bottom, right. */
export const CORNERS = 4;

/** How far the boxes of the encodings lie apart, and how many there are. */
export interface Encodings {
  readonly boxes: number;
  readonly stride: number;
}

/** Reads one stored value as a real number. */
export type Real = (values: NumericData, at: number) => number;

/**
 * Boxes from their centers and sizes relative to anchors, in double precision (detection_postprocess.cc,
 * DecodeCenterSizeBoxes). Throws a SpecError for a box without an area, at which the kernel gives up.
 */
export function decodeBoxes(
  { boxes, stride }: Encodings,
  { yScale, xScale, hScale, wScale }: DetectionAttributes,
  read: { readonly encoding: (at: number) => number; readonly anchor: (at: number) => number },
  corners: Float32Array,
): void {
  for (let box = 0; box < boxes; box++) {
    const [y, x, h, w] = [0, 1, 2, 3].map((part) => read.encoding(box * stride + part));
    const [anchorY, anchorX, anchorH, anchorW] = [0, 1, 2, 3].map((part) =>
      read.anchor(box * CORNERS + part),
    );
    const centerY = fround((y / yScale) * anchorH + anchorY);
    const centerX = fround((x / xScale) * anchorW + anchorX);
    const halfH = fround(0.5 * Math.exp(h / hScale) * anchorH);
    const halfW = fround(0.5 * Math.exp(w / wScale) * anchorW);
    corners.set([centerY - halfH, centerX - halfW, centerY + halfH, centerX + halfW], box * CORNERS);
    const at = box * CORNERS;
    if (corners[at] >= corners[at + 2] || corners[at + 1] >= corners[at + 3]) fail(`box ${box} has no area`);
  }
}

const area = (corners: Float32Array, at: number): number =>
  fround(fround(corners[at + 2] - corners[at]) * fround(corners[at + 3] - corners[at + 1]));

/** Area that two boxes share over that which they cover, in single precision. */
export function intersectionOverUnion(corners: Float32Array, i: number, j: number): number {
  const [a, b] = [i * CORNERS, j * CORNERS];
  const [first, second] = [area(corners, a), area(corners, b)];
  if (first <= 0 || second <= 0) return 0;
  const top = Math.max(corners[a], corners[b]);
  const left = Math.max(corners[a + 1], corners[b + 1]);
  const bottom = Math.min(corners[a + 2], corners[b + 2]);
  const right = Math.min(corners[a + 3], corners[b + 3]);
  const shared = fround(Math.max(fround(bottom - top), 0) * Math.max(fround(right - left), 0));
  return fround(shared / fround(fround(first + second) - shared));
}
