import { FLEX_FLAG, flexNumber } from '../../models/formats/tflite/codecs.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { isQuantizedType, type NumericData, type Prepare } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { estimate, type ScratchRule } from '../definition/tflm.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { CORNERS, decodeBoxes } from './detection-boxes.ts';
import { detectionGeometry, type DetectionAttributes } from './detection-geometry.ts';
import { placeOf, store, suppressByBox, suppressByClass } from './suppression.ts';

const { fround } = Math;
const WORD = 4;

/** detection_postprocess.cc, Prepare: eleven buffers in this order. */
const buffers: ScratchRule = ({ inputs, attributes }) => {
  const given = attributes as DetectionAttributes;
  const { boxes, scores } = detectionGeometry(given, inputs);
  const { maxDetections, classes } = given;
  const candidates = maxDetections * boxes * WORD;
  return [
    boxes,
    boxes * CORNERS * WORD,
    boxes * scores * WORD,
    boxes * WORD,
    boxes * WORD,
    candidates,
    candidates,
    boxes * WORD,
    candidates,
    Math.max(classes, maxDetections) * boxes * WORD,
    Math.min(boxes, maxDetections) * boxes * WORD,
  ];
};

/** Stored values as reals: floats as they are, others by scale and zero point. */
function realsOf(
  inputs: Operands,
  position: number,
  role: string,
): (values: NumericData, at: number) => number {
  const tensor = operand(inputs, position, role);
  if (!isQuantizedType(tensor.dtype)) return (values, at) => values[at];
  const { scale, zeroPoint } = scaleOf(tensor, role);
  return (values, at) => fround(fround(values[at] - zeroPoint) * scale);
}

const prepare: Prepare<DetectionAttributes> = (attributes, inputs) => {
  const geometry = detectionGeometry(attributes, inputs);
  const [encoding, score, anchor] = ['box encodings', 'class predictions', 'anchors'].map((role, at) =>
    realsOf(inputs, at, role),
  );
  const corners = new Float32Array(geometry.boxes * CORNERS);
  const scores = new Float32Array(geometry.boxes * geometry.scores);
  const { useRegularNms } = attributes;
  const suppress = useRegularNms ? suppressByClass : suppressByBox;
  return {
    run([encodings, predictions, anchors], outputs) {
      const read = {
        encoding: (at: number) => encoding(encodings, at),
        anchor: (at: number) => anchor(anchors, at),
      };
      decodeBoxes(geometry, attributes, read, corners);
      for (let at = 0; at < scores.length; at++) scores[at] = score(predictions, at);
      const found = suppress(geometry, attributes, scores, corners);
      for (const output of outputs) output.fill(0);
      found.forEach((detection, index) => {
        const at = useRegularNms ? index : placeOf(index, geometry.perBox);
        store(detection, at, corners, outputs as Float32Array[]);
      });
      outputs[3][0] = found.length;
    },
  };
};

function outputShapes({ maxDetections, maxClassesPerDetection }: DetectionAttributes): number[][] {
  const most = maxDetections * maxClassesPerDetection;
  return [[1, most, CORNERS], [1, most], [1, most], [1]];
}

/** Of the boxes one in this many is taken to pass the score threshold. */
const BOXES_A_CANDIDATE = 10;
const ASSUMPTION = `as if one box in ${BOXES_A_CANDIDATE} passed the score threshold: how many do depends on the picture`;

/** Boxes, classes and scores of a detector of the SSD family: decoded, and those that overlap better ones left out. */
export const detectionPostProcess = defineOp({
  type: 'CUSTOM:TFLite_Detection_PostProcess',
  tflite: {
    fields: {
      maxDetections: ['flex:max_detections', flexNumber(0)],
      maxClassesPerDetection: ['flex:max_classes_per_detection', flexNumber(0)],
      detectionsPerClass: ['flex:detections_per_class', flexNumber(100)],
      useRegularNms: ['flex:use_regular_nms', FLEX_FLAG],
      scoreThreshold: ['flex:nms_score_threshold', flexNumber(0)],
      iouThreshold: ['flex:nms_iou_threshold', flexNumber(0)],
      classes: ['flex:num_classes', flexNumber(0)],
      yScale: ['flex:y_scale', flexNumber(0)],
      xScale: ['flex:x_scale', flexNumber(0)],
      hScale: ['flex:h_scale', flexNumber(0)],
      wScale: ['flex:w_scale', flexNumber(0)],
    },
    versions: { runtimes: '1.9.0' },
  },
  weightInputs: [2],
  tflm: {
    oldTypes: ['float32', 'uint8'],
    scratch: buffers,
    limits: { types: ['float32 float32 float32 -> float32'] },
  },
  kmodel: { instead: 'decode the boxes in the script' },
  estimates: {
    any: estimate(
      { boxes: 400, boxScores: 15, boxComparisons: 60, '1': 2000 },
      `two exponentials a box (54 each in a float softmax, in double here) and loops of compares, ${ASSUMPTION}`,
    ),
  },
  infer(attributes, inputs, declared): TensorInfo[] {
    detectionGeometry(attributes, inputs);
    const shapes = outputShapes(attributes);
    if (declared === undefined) return shapes.map((shape) => ({ shape, dtype: 'float32' }));
    if (declared.length !== shapes.length) fail(`${declared.length} outputs, needs ${shapes.length}`);
    const short = declared.findIndex(({ shape }, at) => elementCount(shape) < elementCount(shapes[at]));
    if (short >= 0) fail(`output ${short} has no room for ${attributes.maxDetections} detections`);
    return declared.map(({ shape, dtype }) => ({ shape, dtype }));
  },
  count(attributes, inputs, outputs) {
    const { boxes, scores } = detectionGeometry(attributes, inputs);
    const { maxDetections, detectionsPerClass, useRegularNms, classes } = attributes;
    const candidates = Math.ceil(boxes / BOXES_A_CANDIDATE);
    const rounds = useRegularNms ? classes : 1;
    const most = Math.min(candidates, useRegularNms ? detectionsPerClass : maxDetections);
    const counts = {
      ...{ boxes, boxScores: boxes * scores, boxComparisons: rounds * candidates * most },
      ...{ inputElements: boxes * scores, outputs: elementCount(outputs[1].shape) },
    };
    return { counts };
  },
  prepare,
});
