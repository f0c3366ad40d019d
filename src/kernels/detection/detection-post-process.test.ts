import { expect, it } from 'vitest';
import { constantOf, tensor, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';
import type { DType, Graph, TensorInfo } from '../../models/graph/graph.ts';
import { createExecutor } from '../execute/executor.ts';
import type { DetectionAttributes } from './detection-geometry.ts';
import { detectionPostProcess } from './detection-post-process.ts';

const OP = 'CUSTOM:TFLite_Detection_PostProcess';
const FAST: DetectionAttributes = {
  ...{ maxDetections: 3, maxClassesPerDetection: 1, detectionsPerClass: 1, useRegularNms: false },
  ...{ scoreThreshold: 0, iouThreshold: 0.5, classes: 2, yScale: 10, xScale: 10, hScale: 5, wScale: 5 },
};
const operands = (boxes = 6, scores = 3) => [
  tensor([1, boxes, 4]),
  tensor([1, boxes, scores]),
  constantOf([boxes, 4]),
];

testShapes([[OP, { ...FAST, maxClassesPerDetection: 2 }, operands(), [[1, 6, 4], [1, 6], [1, 6], [1]]]]);

testRefusals([
  [OP, FAST, operands(6, 5), '5 scores a box for 2 classes'],
  [
    OP,
    FAST,
    operands().with(2, constantOf([5, 4])),
    '6 boxes with class predictions [1,6,3] and anchors [5,4]',
  ],
  [OP, { ...FAST, iouThreshold: 0 }, operands(), 'nms_iou_threshold is 0'],
  [OP, { ...FAST, maxClassesPerDetection: 0 }, operands(), 'max_classes_per_detection is 0'],
]);

// A tenth of 100 boxes are candidates; each of three detections, or of one a class, is compared with all of them.
testWork([
  [OP, FAST, operands(100), { counts: { boxes: 100, boxScores: 300, boxComparisons: 30 } }],
  [OP, { ...FAST, useRegularNms: true }, operands(100), { counts: { boxComparisons: 2 * 10 } }],
]);

it('asks for the eleven buffers that TFLite Micro asks for', () => {
  const [boxes, scores] = [6, 3];
  const scratch = detectionPostProcess.tflm!.scratch as (node: object) => readonly number[];
  // detection_postprocess.cc, Prepare: floats but for the first, which are flags; 3 detections of 2 classes at most.
  const floats = [
    4 * boxes,
    scores * boxes,
    boxes,
    boxes,
    3 * boxes,
    3 * boxes,
    boxes,
    3 * boxes,
    3 * boxes,
    3 * boxes,
  ];
  expect(scratch({ inputs: operands(boxes, scores), attributes: FAST })).toEqual([
    boxes,
    ...floats.map((count) => 4 * count),
  ]);
});

it('takes declared outputs that have room for all detections', () => {
  const declared = [tensor([3, 4]), tensor([3]), tensor([3]), tensor([])];
  expect(detectionPostProcess.infer(FAST, operands(), declared)).toEqual(declared);
  expect(() => detectionPostProcess.infer(FAST, operands(), declared.with(1, tensor([2])))).toThrow(
    'output 1 has no room for 3 detections',
  );
});

/** Figures of tensorflow/tflite-micro, micro/kernels/detection_postprocess_test.cc: two classes behind a background. */
const ENCODINGS = [0, 0, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const SCORES = [0, 0.9, 0.8, 0, 0.75, 0.72, 0, 0.6, 0.5, 0, 0.93, 0.95, 0, 0.5, 0.4, 0, 0.3, 0.2];
const ANCHORS = [0.5, 0.5, 0.5, 10.5, 10.5, 100.5].flatMap((x) => [0.5, x, 1, 1]);

const scaled = (shape: readonly number[], dtype: DType, scale: number, zeroPoint: number): TensorInfo => ({
  ...tensor(shape, dtype),
  ...(dtype !== 'float32' && { quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 } }),
});

function graphOf(attributes: DetectionAttributes, inputs: readonly TensorInfo[]): Graph {
  const outputs = detectionPostProcess.infer(attributes, inputs);
  return {
    ...{ name: 'detector', format: 'builder', fileBytes: 0 },
    tensors: [...inputs, ...outputs].map((one, at) => ({ ...one, name: `t${at}` })),
    nodes: [{ op: OP, attributes, inputs: [0, 1, 2], outputs: [3, 4, 5, 6] }],
    inputs: [0, 1, 2],
    outputs: [3, 4, 5, 6],
  };
}

const reals = [tensor([1, 6, 4]), tensor([1, 6, 3]), tensor([6, 4])];
const detect = (attributes: DetectionAttributes, scores = SCORES, inputs = reals) =>
  createExecutor(graphOf(attributes, inputs))
    .run([ENCODINGS, scores, ANCHORS])
    .map((output) => [...output].map((value) => Number(Number(value).toFixed(3))));

const FIRST = [0, 0, 1, 1];
const FAR = [0, 10, 1, 11];
const FARTHEST = [0, 100, 1, 101];

it('keeps the best class of each box, and of boxes that overlap the best one', () => {
  expect(detect(FAST)).toEqual([[...FAR, ...FIRST, ...FARTHEST], [1, 0, 0], [0.95, 0.9, 0.3], [3]]);
});

it('takes boxes without a background, and with more numbers than four', () => {
  const wide = [tensor([1, 6, 5]), tensor([1, 6, 2]), tensor([6, 4])];
  const encodings = ENCODINGS.flatMap((value, at) => (at % 4 === 3 ? [value, 1] : [value]));
  const scores = SCORES.filter((_, at) => at % 3 > 0);
  const [boxes, classes] = createExecutor(graphOf(FAST, wide)).run([encodings, scores, ANCHORS]);
  expect([...boxes!].map((value) => Math.round(Number(value)))).toEqual([...FAR, ...FIRST, ...FARTHEST]);
  expect([...classes!]).toEqual([1, 0, 0]);
});

it('goes class by class where it is told to, and fills up with zeros', () => {
  const regular = { ...FAST, useRegularNms: true };
  expect(detect(regular)).toEqual([[...FAR, ...FAR, 0, 0, 0, 0], [1, 0, 0], [0.95, 0.93, 0], [2]]);
  expect(detect({ ...regular, detectionsPerClass: 3, maxDetections: 4 })[2]).toEqual([0.95, 0.93, 0.9, 0.8]);
});

it('leaves out what is below the threshold; of equal scores the first box comes first', () => {
  expect(detect({ ...FAST, scoreThreshold: 0.92 })[3]).toEqual([1]);
  const equal = SCORES.map((_, at) => (at % 3 === 0 ? 0 : 0.5));
  expect(detect(FAST, equal)[0]).toEqual([...FIRST, ...FAR, ...FARTHEST]);
  expect(detect(FAST, equal)[1]).toEqual([0, 0, 0]);
});

it('steps over places between the classes of a box, as the kernel does', () => {
  const [, classes, scores, found] = detect({ ...FAST, maxClassesPerDetection: 2 });
  // Detection n of two classes a box goes to place 2 n + n mod 2; there is room for six.
  expect(scores).toEqual([0.95, 0, 0, 0.93, 0.9, 0]);
  expect(classes).toEqual([1, 0, 0, 0, 0, 0]);
  expect(found).toEqual([6]);
});

it('reads 8-bit boxes and scores by their scales, as the kernel of 2020', () => {
  const bytes = [
    scaled([1, 6, 4], 'uint8', 1, 1),
    scaled([1, 6, 3], 'uint8', 0.01, 0),
    scaled([6, 4], 'uint8', 0.5, 0),
  ];
  const [boxes, , scores] = createExecutor(graphOf(FAST, bytes)).run([
    ENCODINGS.map((value) => value + 1),
    SCORES.map((value) => Math.round(value * 100)),
    ANCHORS.map((value) => Math.min(value * 2, 255)),
  ]);
  expect([...boxes!].slice(0, 8)).toEqual([...FAR, ...FIRST]);
  expect([...scores!].map((value) => Number(Number(value).toFixed(3)))).toEqual([0.95, 0.9, 0.3]);
});

it('gives up at a box without an area, as the kernel does', () => {
  const flat = ANCHORS.with(2, 0);
  expect(() => createExecutor(graphOf(FAST, reals)).run([ENCODINGS, SCORES, flat])).toThrow(
    'box 0 has no area',
  );
});

it('asks for eleven buffers', () => {
  const call = { inputs: reals, output: tensor([1, 3, 4]), attributes: FAST };
  expect(detectionPostProcess.tflm!.scratch!(call)).toEqual([6, 96, 72, 24, 24, 72, 72, 24, 72, 72, 72]);
});
