import { fail, operandOfRank, shapeText, type Operands } from '../definition/operands.ts';

export interface DetectionAttributes {
  readonly maxDetections: number;
  readonly maxClassesPerDetection: number;
  /** Of the regular suppression, which goes class by class. */
  readonly detectionsPerClass: number;
  readonly useRegularNms: boolean;
  readonly scoreThreshold: number;
  readonly iouThreshold: number;
  /** Classes without the background. */
  readonly classes: number;
  readonly yScale: number;
  readonly xScale: number;
  readonly hScale: number;
  readonly wScale: number;
}

export interface DetectionGeometry {
  readonly boxes: number;
  /** Elements of one encoded box, of which four count. */
  readonly stride: number;
  /** Scores of one box, with that of the background where there is one. */
  readonly scores: number;
  /** Position of the first class among them. */
  readonly offset: number;
  /** Classes that the fast suppression gives for a box. */
  readonly perBox: number;
}

/** Sizes of the operator. Throws a SpecError where operands or options do not fit (detection_postprocess.cc). */
export function detectionGeometry(attributes: DetectionAttributes, inputs: Operands): DetectionGeometry {
  const [batch, boxes, stride] = operandOfRank(inputs, 0, 'box encodings', 3).shape;
  const predictions = operandOfRank(inputs, 1, 'class predictions', 3).shape;
  const anchors = operandOfRank(inputs, 2, 'anchors', 2).shape;
  const { classes, maxClassesPerDetection, iouThreshold } = attributes;
  const offset = predictions[2] - classes;
  if (batch !== 1 || stride < 4)
    fail(`box encodings ${shapeText([batch, boxes, stride])}, need 1 batch of 4`);
  if (predictions[0] !== 1 || predictions[1] !== boxes || anchors[0] !== boxes || anchors[1] !== 4) {
    fail(`${boxes} boxes with class predictions ${shapeText(predictions)} and anchors ${shapeText(anchors)}`);
  }
  if (offset !== 0 && offset !== 1) fail(`${predictions[2]} scores a box for ${classes} classes`);
  if (!(iouThreshold > 0 && iouThreshold <= 1)) fail(`nms_iou_threshold is ${iouThreshold}, needs 0 to 1`);
  const perBox = Math.min(maxClassesPerDetection, classes);
  if (perBox < 1) fail(`max_classes_per_detection is ${maxClassesPerDetection}, needs 1 or more`);
  return { boxes, stride, scores: predictions[2], offset, perBox };
}
