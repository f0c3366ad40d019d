/** Ten digits as strokes of a round pen, drawn by this project: no scan, no font. */

/** Across and down, both from 0 to 1. */
type Point = readonly [x: number, y: number];
type Stroke = readonly Point[];

const RADIANS = Math.PI / 180;
const STEP_DEGREES = 10;

/** Part of an ellipse, clockwise from the right where degrees grow. */
function arc(center: Point, radii: Point, from: number, to: number): Stroke {
  const steps = Math.max(1, Math.round(Math.abs(to - from) / STEP_DEGREES));
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const angle = (from + ((to - from) * step) / steps) * RADIANS;
    return [center[0] + radii[0] * Math.cos(angle), center[1] + radii[1] * Math.sin(angle)];
  });
}

/** Strokes of each digit. */
export const DIGIT_STROKES: readonly (readonly Stroke[])[] = [
  [arc([0.5, 0.5], [0.32, 0.5], -90, 270)],
  [
    [
      [0.32, 0.2],
      [0.54, 0],
      [0.5, 1],
    ],
  ],
  [[...arc([0.48, 0.27], [0.34, 0.27], 190, 380), [0.6, 0.6], [0.12, 0.98], [0.92, 0.98]]],
  [[...arc([0.46, 0.25], [0.32, 0.25], 205, 440), ...arc([0.46, 0.75], [0.36, 0.25], 280, 515)]],
  [
    [
      [0.28, 0],
      [0.12, 0.55],
      [0.88, 0.5],
    ],
    [
      [0.76, 0.05],
      [0.68, 1],
    ],
  ],
  [[[0.86, 0.02], [0.3, 0.04], [0.22, 0.46], ...arc([0.46, 0.7], [0.36, 0.28], 230, 510)]],
  [[[0.68, 0], [0.34, 0.36], ...arc([0.48, 0.72], [0.32, 0.27], 190, 550)]],
  [
    [
      [0.12, 0.14],
      [0.84, 0.1],
      [0.6, 0.5],
      [0.48, 1],
    ],
  ],
  [[...arc([0.5, 0.25], [0.27, 0.24], 60, 420), ...arc([0.5, 0.75], [0.32, 0.26], -60, 300)]],
  [[...arc([0.48, 0.28], [0.3, 0.28], 0, 360), [0.78, 0.28], [0.66, 1]]],
];
