import { describe, expect, test } from 'vitest';
import { seededIntegers } from '../../../seeded-random.ts';
import { quickSort } from './quick-sort.ts';
import { decodeRegions, type RegionMap, type RegionSettings } from './region.ts';

const PIXELS = { width: 320, height: 240 };

interface Plain {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly scores: number[];
}

/**
 * YOLO9000's section 2 ("direct location prediction") and greedy suppression, from the paper's formulas alone: in double
 * precision, box by box, with a list that is searched anew for the likeliest box each time.
 */
function reference(map: RegionMap, { anchors, threshold, nmsValue }: RegionSettings) {
  const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
  const boxes: Plain[] = [];
  for (let anchor = 0; anchor < anchors.length / 2; anchor++) {
    for (let row = 0; row < map.height; row++) {
      for (let column = 0; column < map.width; column++) {
        const entry = (index: number) =>
          map.output[((anchor * (5 + map.classes) + index) * map.height + row) * map.width + column];
        const x = ((column + sigmoid(entry(0))) / map.width) * PIXELS.width;
        const y = ((row + sigmoid(entry(1))) / map.height) * PIXELS.height;
        const w = ((anchors[2 * anchor] * Math.exp(entry(2))) / map.width) * PIXELS.width;
        const h = ((anchors[2 * anchor + 1] * Math.exp(entry(3))) / map.height) * PIXELS.height;
        const powers = Array.from({ length: map.classes }, (_, index) => Math.exp(entry(5 + index)));
        const sum = powers.reduce((a, b) => a + b);
        const scores = powers.map((power) => (sigmoid(entry(4)) * power) / sum);
        boxes.push({
          ...{ left: x - w / 2, top: y - h / 2, right: x + w / 2, bottom: y + h / 2 },
          scores: scores.map((score) => (score > threshold ? score : 0)),
        });
      }
    }
  }
  for (let of = 0; of < map.classes; of++) keepLikeliest(boxes, of, nmsValue);
  return boxes.filter(({ scores }) => Math.max(...scores) > threshold);
}

function keepLikeliest(boxes: readonly Plain[], of: number, nmsValue: number): void {
  const left = new Set(boxes.filter(({ scores }) => scores[of] > 0));
  while (left.size > 0) {
    const best = [...left].reduce((a, b) => (b.scores[of] > a.scores[of] ? b : a));
    left.delete(best);
    for (const other of left) {
      if (iou(best, other) <= nmsValue) continue;
      other.scores[of] = 0;
      left.delete(other);
    }
  }
}

function iou(a: Plain, b: Plain): number {
  const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const area = ({ left, top, right, bottom }: Plain) => (right - left) * (bottom - top);
  const inside = w < 0 || h < 0 ? 0 : w * h;
  return inside / (area(a) + area(b) - inside);
}

/** Values between -3 and 3 in steps of 2^-12, without ties of objects. */
function drawnMap(seed: number, classes: number, width = 10, height = 7): RegionMap {
  const draw = seededIntegers(seed);
  const output = Float32Array.from({ length: 5 * (5 + classes) * width * height }, () => {
    return (draw() % 24577) / 4096 - 3;
  });
  return { output, width, height, classes };
}

const ANCHORS = [1.889, 2.5245, 2.9465, 3.94056, 3.99987, 5.3658, 5.155437, 6.92275, 6.718375, 9.01025];

describe('objects of a region layer', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('are those of the paper: map %i', (seed) => {
    const classes = [1, 2, 20][seed % 3];
    const settings = { threshold: classes === 20 ? 0.3 : 0.7, nmsValue: 0.3, anchors: ANCHORS };
    const map = drawnMap(seed, classes);
    const expected = reference({ ...map, output: map.output.slice() }, settings);
    const { objects } = decodeRegions(map, settings, PIXELS);
    expect(objects.length).toBeGreaterThan(2);
    expect(objects.map(({ classId }) => classId)).toEqual(
      expected.map(({ scores }) => scores.indexOf(Math.max(...scores))),
    );
    objects.forEach(({ x, y, w, h, value }, index) => {
      const { left, top, right, bottom, scores } = expected[index];
      const pixels = [left, top, right, bottom].map((at) => Math.max(0, Math.trunc(at)));
      // A float32 may fall on the other side of a whole pixel.
      [x, y, x + w, y + h].forEach((at, edge) => {
        expect(Math.abs(at - pixels[edge])).toBeLessThanOrEqual(1);
      });
      expect(value).toBeCloseTo(Math.max(...scores), 5);
    });
  });

  // One cell of 2 x 1, one anchor: sigmoid(0) = 1/2, so the center is at 1/4 of 320 and 1/2 of 240; 2 cells of 160 wide.
  test('by hand: a box that is wider than the picture ends left at 0 and is not cut right', () => {
    const map = {
      output: new Float32Array([0, 0, 0, 0, 0, 0, 0, 0, 4, -9, 0, 0]),
      width: 2,
      height: 1,
      classes: 1,
    };
    const { objects, work } = decodeRegions(
      map,
      { threshold: 0.5, nmsValue: 0.3, anchors: [2, 0.5] },
      PIXELS,
    );
    expect(objects).toEqual([
      { x: 0, y: 60, w: 240, h: 120, classId: 0, value: Math.fround(1 / (1 + Math.exp(-4))) },
    ]);
    expect(work).toMatchObject({ boxes: 2, classes: 1, comparisons: 1, overlaps: 1 });
  });

  test('1500 boxes of which none is likely are sorted in one pass, as equal keys are', () => {
    const output = new Float32Array(1500 * 6).fill(-8);
    const map = { output, width: 20, height: 15, classes: 1 };
    const { objects, work } = decodeRegions(map, { threshold: 0.5, nmsValue: 0.3, anchors: ANCHORS }, PIXELS);
    // Four medians of three with three comparisons each, and each of the others with the median.
    expect([objects, work.comparisons]).toEqual([[], 1499 + 12]);
  });
});

test.each([0, 1, 2, 6, 7, 8, 40, 41, 100, 1000])('qsort sorts %i numbers with few values', (count) => {
  const draw = seededIntegers(count + 1);
  const keys = Array.from({ length: count }, () => draw() % 17);
  const order = Int32Array.from(keys.keys());
  quickSort(order, (a, b) => keys[a] - keys[b]);
  expect([...order].map((index) => keys[index])).toEqual([...keys].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(count);
});
