import { quickSort } from './quick-sort.ts';

const float = Math.fround;
/** Objects that the firmware's array holds. */
export const MOST_OBJECTS = 10;

/** What `kpu.init_yolo2` sets. */
export interface RegionSettings {
  readonly threshold: number;
  readonly nmsValue: number;
  /** Width and height of each anchor, in cells. */
  readonly anchors: readonly number[];
}

/** A network's output, planar: for each anchor x, y, w, h, object, classes. Decoding writes into it, as on the board. */
export interface RegionMap {
  readonly output: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly classes: number;
}

/** An object in pixels of the network's input, right and bottom not clipped. */
export interface FoundObject {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly classId: number;
  readonly value: number;
}

/** What decoding did, for its price. */
export interface RegionWork {
  boxes: number;
  classes: number;
  comparisons: number;
  swaps: number;
  overlaps: number;
}

export interface Decoded {
  readonly objects: readonly FoundObject[];
  readonly work: RegionWork;
}

/** Size of the network's input in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Objects that YOLOv2's region layer finds, in float32 as sipeed_yolo2.c of MaixPy 0.5 computes them, in the order of boxes.
 * More than `MOST_OBJECTS` come back where more are found: the board's array ends before.
 */
export function decodeRegions(map: RegionMap, settings: RegionSettings, pixels: PixelSize): Decoded {
  const { width, height, classes } = map;
  const count = (width * height * settings.anchors.length) / 2;
  activate(map, count);
  const boxes = boxesOf(map, settings.anchors, count);
  const probabilities = probabilitiesOf(map, settings.threshold, count);
  const work = { boxes: count, classes, comparisons: 0, swaps: 0, overlaps: 0 };
  for (let of = 0; of < classes; of++)
    suppress({ boxes, probabilities, classes, of }, settings.nmsValue, work);
  return { objects: objectsOf({ boxes, probabilities, classes }, settings.threshold, pixels), work };
}

/** Logistic of x, y and object; softmax of the classes. */
function activate(map: RegionMap, count: number): void {
  const { output, width, height, classes } = map;
  const cells = width * height;
  const logistic = (at: number) => {
    output[at] = 1 / (1 + float(Math.exp(-output[at])));
  };
  for (let box = 0; box < count; box++) {
    const first = entryOf(map, box, 0);
    [0, 1, 4].forEach((entry) => logistic(first + entry * cells));
    softmax(output, first + 5 * cells, classes, cells);
  }
}

function softmax(output: Float32Array, first: number, count: number, stride: number): void {
  let largest = output[first];
  for (let index = 1; index < count; index++) largest = Math.max(largest, output[first + index * stride]);
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const value = float(Math.exp(float(output[first + index * stride] - largest)));
    output[first + index * stride] = value;
    sum = float(sum + value);
  }
  for (let index = 0; index < count; index++) output[first + index * stride] /= sum;
}

/** Where an entry of a box lies; boxes count anchors outside, rows and columns inside. */
function entryOf({ width, height, classes }: RegionMap, box: number, entry: number): number {
  const cells = width * height;
  return Math.floor(box / cells) * cells * (classes + 5) + entry * cells + (box % cells);
}

/** Center, width and height of each box in parts of the picture, four by four. */
function boxesOf(map: RegionMap, anchors: readonly number[], count: number): Float32Array {
  const { output, width, height } = map;
  const cells = width * height;
  const boxes = new Float32Array(4 * count);
  for (let box = 0; box < count; box++) {
    const [anchor, cell] = [Math.floor(box / cells), box % cells];
    const at = entryOf(map, box, 0);
    const [column, row] = [cell % width, Math.floor(cell / width)];
    boxes[4 * box] = float(column + output[at]) / width;
    boxes[4 * box + 1] = float(row + output[at + cells]) / height;
    boxes[4 * box + 2] = extent(output[at + 2 * cells], anchors[2 * anchor], width);
    boxes[4 * box + 3] = extent(output[at + 3 * cells], anchors[2 * anchor + 1], height);
  }
  return boxes;
}

function extent(value: number, anchor: number, cells: number): number {
  return float(float(float(Math.exp(value)) * float(anchor)) / cells);
}

function probabilitiesOf(map: RegionMap, threshold: number, count: number): Float32Array {
  const { output, classes } = map;
  const probabilities = new Float32Array(count * classes);
  for (let box = 0; box < count; box++) {
    const object = output[entryOf(map, box, 4)];
    for (let of = 0; of < classes; of++) {
      const probability = float(object * output[entryOf(map, box, 5 + of)]);
      probabilities[box * classes + of] = probability > float(threshold) ? probability : 0;
    }
  }
  return probabilities;
}

interface Candidates {
  readonly boxes: Float32Array;
  readonly probabilities: Float32Array;
  readonly classes: number;
}

/** Of boxes of one class that overlap, the likeliest is left. */
function suppress(candidates: Candidates & { of: number }, nmsValue: number, work: RegionWork): void {
  const { boxes, probabilities, classes, of } = candidates;
  const probability = (box: number) => probabilities[box * classes + of];
  const order = Int32Array.from({ length: boxes.length / 4 }, (_, box) => box);
  const sorted = quickSort(order, (a, b) => Math.sign(probability(b) - probability(a)));
  work.comparisons += sorted.comparisons;
  work.swaps += sorted.swaps;
  order.forEach((box, rank) => {
    if (probability(box) === 0) return;
    for (const other of order.subarray(rank + 1))
      if (overlapOf(boxes, box, other) > float(nmsValue)) probabilities[other * classes + of] = 0;
    work.overlaps += order.length - 1 - rank;
  });
}

/** Intersection over union. */
function overlapOf(boxes: Float32Array, a: number, b: number): number {
  const [w, h] = [0, 1].map((axis) => shared(boxes, 4 * a + axis, 4 * b + axis));
  const inside = w < 0 || h < 0 ? 0 : float(w * h);
  const area = (box: number) => float(boxes[4 * box + 2] * boxes[4 * box + 3]);
  return float(inside / float(float(area(a) + area(b)) - inside));
}

/** What two extents have in common along an axis; below 0 where nothing. */
function shared(boxes: Float32Array, a: number, b: number): number {
  const half = (at: number) => float(boxes[at + 2] / 2);
  const left = Math.max(float(boxes[a] - half(a)), float(boxes[b] - half(b)));
  const right = Math.min(float(boxes[a] + half(a)), float(boxes[b] + half(b)));
  return float(right - left);
}

function objectsOf(
  { boxes, probabilities, classes }: Candidates,
  threshold: number,
  { width, height }: PixelSize,
): FoundObject[] {
  const objects: FoundObject[] = [];
  for (let box = 0; box < boxes.length / 4; box++) {
    const own = probabilities.subarray(box * classes, (box + 1) * classes);
    const classId = own.indexOf(Math.max(...own));
    if (!(own[classId] > float(threshold))) continue;
    const [x, w] = span(boxes[4 * box], boxes[4 * box + 2], width);
    const [y, h] = span(boxes[4 * box + 1], boxes[4 * box + 3], height);
    objects.push({ x, y, w, h, classId, value: own[classId] });
  }
  return objects;
}

/** First pixel and number of pixels; ends left of 0 are 0, and numbers are those of 16 bits. */
function span(center: number, extentPart: number, pixels: number): [number, number] {
  const middle = float(center * pixels);
  const half = float(float(extentPart * pixels) / 2);
  const first = unsigned(float(middle - half));
  return [first, ((unsigned(float(middle + half)) - first) << 16) >> 16];
}

function unsigned(value: number): number {
  return Math.min(Math.max(Math.trunc(value), 0), 2 ** 32 - 1);
}
