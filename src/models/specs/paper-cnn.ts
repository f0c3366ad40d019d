import { SpecError } from '../../errors.ts';
import type { Padding } from '../graph/attributes.ts';
import { biasType, int32Constant, unknownConstant } from '../graph/constant-tensors.ts';
import { estimateFileBytes } from '../graph/file-estimate.ts';
import type { DType, Graph, GraphNode, Tensor } from '../graph/graph.ts';
import { convOutSize } from '../graph/shapes.ts';

/** The parameters of the paper's network; sides and kernels in pixels. */
export interface PaperCnnOptions {
  readonly filters: number;
  readonly kernel?: number;
  /** Width and height of the input image. */
  readonly side?: number;
  readonly channels?: number;
  readonly stride?: number;
  readonly classes?: number;
  readonly padding?: Padding;
  readonly dtype?: 'float32' | 'int8';
}

type Complete = Required<PaperCnnOptions>;

/**
 * The network of the paper (Dokic, Mikolcevic, Radisic 2021): a side x side x channels image, one convolution with
 * ReLU, RESHAPE to a row, one dense layer. Tensors and nodes are in the order of the files that its converter wrote.
 * Throws a SpecError for a count that is not a whole number above 0, or products beyond 2^53.
 */
export function paperCnn(options: PaperCnnOptions): Graph {
  const o = complete(options);
  checkCounts(o);
  const out = convOutSize(o.side, o.kernel, o.stride, 1, o.padding);
  if (out === 0) {
    throw new SpecError(
      `${paperName(o)}: a ${o.kernel}x${o.kernel} VALID kernel does not fit into ${o.side}x${o.side} pixels; use padding=same or a smaller k`,
    );
  }
  const flat = out * out * o.filters;
  checkSafe(o, out, flat);
  const tensors = paperTensors(o, out, flat);
  const nodes = paperNodes(o, flat);
  const fileBytes = estimateFileBytes(tensors, nodes.length);
  return { name: paperName(o), format: 'builder', tensors, nodes, inputs: [0], outputs: [8], fileBytes };
}

function complete(options: PaperCnnOptions): Complete {
  return {
    filters: options.filters,
    kernel: options.kernel ?? 3,
    side: options.side ?? 14,
    channels: options.channels ?? 1,
    stride: options.stride ?? 1,
    classes: options.classes ?? 10,
    padding: options.padding ?? 'SAME',
    dtype: options.dtype ?? 'float32',
  };
}

function checkCounts(o: Complete): void {
  checkCount('filters', o.filters);
  checkCount('k', o.kernel);
  checkCount('size', o.side);
  checkCount('channels', o.channels);
  checkCount('stride', o.stride);
  checkCount('classes', o.classes);
}

function checkCount(key: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new SpecError(`paper model: ${key} must be a whole number above 0, got ${value}`);
}

function checkSafe(o: Complete, out: number, flat: number): void {
  const weights = o.filters * o.kernel * o.kernel * o.channels;
  const macs = out * out * weights;
  const bytes = 4 * Math.max(weights, flat * o.classes, o.side * o.side * o.channels);
  if (Math.max(macs, bytes, 4 * flat) <= Number.MAX_SAFE_INTEGER) return;
  throw new SpecError(
    `${paperName(o)}: its operations or bytes pass 2^53 and cannot be counted; use smaller numbers`,
  );
}

function paperTensors(o: Complete, out: number, flat: number): Tensor[] {
  const { dtype } = o;
  const bias: DType = biasType(dtype);
  return [
    { name: 'conv2d_input', shape: [1, o.side, o.side, o.channels], dtype },
    unknownConstant('conv2d/weights', [o.filters, o.kernel, o.kernel, o.channels], dtype),
    unknownConstant('conv2d/bias', [o.filters], bias),
    { name: 'conv2d', shape: [1, out, out, o.filters], dtype },
    int32Constant('flatten/shape', [-1, flat]),
    { name: 'flatten', shape: [1, flat], dtype },
    unknownConstant('dense/weights', [o.classes, flat], dtype),
    unknownConstant('dense/bias', [o.classes], bias),
    { name: 'dense', shape: [1, o.classes], dtype },
  ];
}

function paperNodes(o: Complete, flat: number): GraphNode[] {
  const { padding, stride } = o;
  const attributes = {
    padding,
    strideH: stride,
    strideW: stride,
    dilationH: 1,
    dilationW: 1,
    activation: 'RELU',
  } as const;
  return [
    { op: 'CONV_2D', attributes, inputs: [0, 1, 2], outputs: [3] },
    { op: 'RESHAPE', attributes: { newShape: [-1, flat] }, inputs: [3, 4], outputs: [5] },
    {
      op: 'FULLY_CONNECTED',
      attributes: { activation: 'NONE', keepNumDims: false },
      inputs: [5, 6, 7],
      outputs: [8],
    },
  ];
}

function paperName(o: Complete): string {
  let name = `paper:${o.filters}`;
  if (o.kernel !== 3) name += `,k=${o.kernel}`;
  if (o.side !== 14) name += `,size=${o.side}`;
  if (o.channels !== 1) name += `,channels=${o.channels}`;
  if (o.stride !== 1) name += `,stride=${o.stride}`;
  if (o.classes !== 10) name += `,classes=${o.classes}`;
  if (o.padding !== 'SAME') name += ',padding=valid';
  if (o.dtype !== 'float32') name += `,dtype=${o.dtype}`;
  return name;
}
