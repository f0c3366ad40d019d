import type { OpType } from '../../graph/attributes.ts';
import type { DType, GraphNode, Tensor } from '../../graph/graph.ts';

/** A node with its operands, by which the format numbers its version; an absent optional input is undefined. */
interface Site {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
}

interface VersionRow {
  /** Runtime that first knew version 1, 2, 3, ... */
  readonly runtimes: string;
  /** Version by type of the operand at `operand` (0); 1 for a type that is not listed. */
  readonly types?: Partial<Record<DType, number>>;
  readonly operand?: number;
  /** Comes before `types`; undefined leaves the choice to them. */
  rule?(site: Site): number | undefined;
}

const INT8: VersionRow['types'] = { int8: 2 };
const INT8_INT16: VersionRow['types'] = { int8: 2, int16: 3 };
const MAX_PLAIN_RANK = 4;

const isHybrid = ({ inputs, outputs }: Site) =>
  inputs[0]?.dtype === 'float32' && inputs[1]?.dtype === 'int8' && outputs[0].dtype === 'float32';
const isPerChannel = (tensor: Tensor | undefined) => (tensor?.quantization?.scales.length ?? 0) > 1;
const rankOf = (tensor: Tensor | undefined) => tensor?.shape.length ?? 0;
const scaleOf = (tensor: Tensor | undefined) => tensor?.quantization?.scales[0] ?? 0;

function needsWideBroadcast({ inputs: [a, b] }: Site): boolean {
  return Math.max(rankOf(a), rankOf(b)) > MAX_PLAIN_RANK && String(a?.shape) !== String(b?.shape);
}

function conv(site: Site, hybrid: readonly [perTensor: number, perChannel: number]): number | undefined {
  if (isHybrid(site)) return hybrid[Number(isPerChannel(site.inputs[1]))];
  return site.inputs[1]?.dtype === 'int4' ? 7 : undefined;
}

function conv2d(site: Site): number | undefined {
  const [input, weights] = site.inputs;
  const isGrouped = input !== undefined && weights !== undefined && input.shape[3] !== weights.shape[3];
  return isGrouped ? 6 : conv(site, [2, 5]);
}

function depthwise(site: Site): number | undefined {
  const found = conv(site, [4, 6]);
  const isDilated = site.attributes.dilationH !== 1 || site.attributes.dilationW !== 1;
  return found ?? (isDilated && site.inputs[0]?.dtype !== 'int8' ? 2 : undefined);
}

function fullyConnected(site: Site): number | undefined {
  const [input, weights] = site.inputs;
  if (isHybrid(site)) return isPerChannel(weights) ? 12 : 3;
  if (input?.dtype === 'int16') return weights?.dtype === 'int8' ? undefined : 7;
  if (site.inputs.length === 2) return 6;
  if (site.attributes.keepNumDims) return 5;
  return weights?.dtype === 'int4' ? 10 : undefined;
}

function transposeConv({ attributes, inputs }: Site): number | undefined {
  if (attributes.activation !== 'NONE') return 4;
  return inputs[3] ? 3 : undefined;
}

// A product whose rescaling multiplier reaches 1 came with version 3.
function mul({ inputs, outputs }: Site): number | undefined {
  const rescale = (scaleOf(inputs[0]) * scaleOf(inputs[1])) / scaleOf(outputs[0]);
  return rescale >= 1 && rescale < Infinity ? 3 : undefined;
}

function stridedSlice({ attributes, inputs }: Site): number | undefined {
  if (attributes.offset) return 8;
  if (attributes.ellipsisMask !== 0 || attributes.newAxisMask !== 0) return 6;
  return rankOf(inputs[0]) > MAX_PLAIN_RANK ? 4 : undefined;
}

function transpose({ inputs }: Site): number | undefined {
  const rank = rankOf(inputs[0]);
  if (rank > 5) return 6;
  return rank > MAX_PLAIN_RANK && inputs[0]?.dtype !== 'int16' ? 4 : undefined;
}

const padRule = ({ inputs }: Site) => (rankOf(inputs[0]) > MAX_PLAIN_RANK ? 4 : undefined);
const wideRule = (site: Site) => (needsWideBroadcast(site) ? 3 : undefined);
const isInt16 = (site: Site) => site.inputs[0]?.dtype === 'int16';

/**
 * Versions that a converter gives each operator, and the runtime that a version needs.
 * Source: TensorFlow, lite/tools/versioning/op_version.cc and runtime_version.cc. Grade: documented.
 */
const VERSIONS: Readonly<Record<OpType, VersionRow>> = {
  CONV_2D: { runtimes: '1.5.0 1.14.0 1.14.0 2.3.0 2.4.0 2.9.0', types: { int8: 3, int16: 4 }, rule: conv2d },
  DEPTHWISE_CONV_2D: {
    runtimes: '1.5.0 1.12.0 1.14.0 2.2.0 2.3.0 2.3.0',
    types: { int8: 3, int16: 5 },
    rule: depthwise,
  },
  TRANSPOSE_CONV: { runtimes: '1.9.0 2.2.0 2.3.0', types: INT8, operand: 1, rule: transposeConv },
  FULLY_CONNECTED: {
    runtimes: '1.5.0 1.10.0 1.14.0 1.14.0 2.0.0 2.1.0 2.3.0 2.3.0 2.3.0',
    types: { int8: 4 },
    rule: fullyConnected,
  },
  MAX_POOL_2D: { runtimes: '1.5.0 1.14.0 2.3.0', types: INT8_INT16 },
  AVERAGE_POOL_2D: { runtimes: '1.5.0 1.14.0 2.3.0', types: INT8_INT16 },
  SOFTMAX: { runtimes: '1.5.0 1.14.0 2.3.0', types: INT8_INT16 },
  LOGISTIC: { runtimes: '1.14.0 1.14.0 2.3.0', types: INT8_INT16 },
  TANH: { runtimes: '1.14.0 1.14.0 2.3.0', types: INT8_INT16 },
  RELU: { runtimes: '1.5.0 2.1.0 2.5.0', types: { int8: 2, uint8: 2, int16: 3 } },
  RELU6: { runtimes: '1.5.0 1.14.0 2.5.0', types: INT8_INT16 },
  LEAKY_RELU: { runtimes: '1.13.1 2.3.0', types: { int16: 2 } },
  PRELU: { runtimes: '1.8.0' },
  HARD_SWISH: { runtimes: '1.15.0' },
  ADD: { runtimes: '1.5.0 1.14.0 2.4.0 2.6.0', types: { int8: 2, int64: 4 } },
  SUB: { runtimes: '1.6.0 1.14.0 2.3.0 2.4.0 2.4.0', types: { int8: 2, int64: 4 }, rule: wideRule },
  MUL: {
    runtimes: '1.5.0 1.14.0 1.15.0 2.3.0 2.6.0',
    types: { int8: 2, int16: 4, int64: 5 },
    rule: (site) => (isInt16(site) ? undefined : mul(site)),
  },
  MAXIMUM: {
    runtimes: '1.14.0 1.14.0 2.3.0 2.3.0',
    types: { int8: 2, int16: 4 },
    rule: (site) => (isInt16(site) ? undefined : wideRule(site)),
  },
  MINIMUM: {
    runtimes: '1.14.0 1.14.0 2.3.0 2.3.0',
    types: { int8: 2, int16: 4 },
    rule: (site) => (isInt16(site) ? undefined : wideRule(site)),
  },
  RESHAPE: { runtimes: '1.5.0' },
  SQUEEZE: { runtimes: '1.6.0 2.5.0', types: { string: 2 } },
  EXPAND_DIMS: { runtimes: '1.10.0' },
  TRANSPOSE: {
    runtimes: '1.6.0 1.14.0 1.15.0 2.3.0 2.4.0',
    types: { int8: 2, bool: 3, int16: 5 },
    rule: transpose,
  },
  CONCATENATION: { runtimes: '1.5.0 1.14.0 2.3.0', types: { int8: 2, int16: 3, uint32: 4 } },
  SPLIT: { runtimes: '1.5.0 1.14.0 1.14.0 2.3.0', types: { int8: 2, int32: 3, int16: 4 }, operand: 1 },
  STRIDED_SLICE: {
    runtimes: '1.6.0 1.14.0 2.1.0 2.2.0 2.5.0 2.6.0',
    types: { int8: 2, bool: 3, string: 5, uint32: 7 },
    rule: stridedSlice,
  },
  PAD: { runtimes: '1.5.0 1.14.0 2.4.0 2.6.0', types: INT8_INT16, rule: padRule },
  PADV2: { runtimes: '1.9.0 1.14.0 2.4.0 2.6.0', types: INT8_INT16, rule: padRule },
  MEAN: { runtimes: '1.6.0 1.14.0 2.4.0', types: INT8_INT16 },
  SUM: { runtimes: '1.10.0 1.15.0', types: INT8 },
  RESIZE_NEAREST_NEIGHBOR: {
    runtimes: '1.13.1 1.14.0 2.3.0 2.4.0',
    types: { int8: 2, int16: 4 },
    rule: (site) =>
      !isInt16(site) && (site.attributes.halfPixelCenters || site.attributes.alignCorners) ? 3 : undefined,
  },
  RESIZE_BILINEAR: {
    runtimes: '1.7.0 1.14.0 2.2.0 2.5.0',
    types: { int8: 2, int16: 4 },
    rule: (site) => (!isInt16(site) && site.attributes.halfPixelCenters ? 3 : undefined),
  },
  QUANTIZE: {
    runtimes: '1.14.0 1.15.0 2.7.0',
    rule: ({ outputs }) => {
      if (isPerChannel(outputs[0])) return 3;
      return outputs[0].dtype === 'int16' ? 2 : undefined;
    },
  },
  DEQUANTIZE: {
    runtimes: '1.13.1 1.14.0 1.15.0 2.2.0 2.7.0',
    types: { int8: 2, int16: 3, float16: 3, int4: 6 },
    rule: ({ inputs }) => (inputs[0]?.dtype === 'int8' && isPerChannel(inputs[0]) ? 5 : undefined),
  },
  SHAPE: { runtimes: '1.10.0' },
  PACK: { runtimes: '1.11.0 1.14.0 2.3.0', types: { int8: 2, int16: 3, uint32: 4 } },
  ARG_MAX: { runtimes: '1.9.0 1.14.0 2.9.0', types: { int8: 2, bool: 3 } },
};

/** Version of an operator that a node needs, from 1 up. */
export function operatorVersion(node: GraphNode, tensors: readonly Tensor[]): number {
  const row = VERSIONS[node.op as OpType];
  const site: Site = {
    attributes: node.attributes as Record<string, unknown>,
    inputs: node.inputs.map((index): Tensor | undefined => tensors[index]),
    outputs: node.outputs.map((index) => tensors[index]),
  };
  const dtype = site.inputs[row.operand ?? 0]?.dtype;
  return row.rule?.(site) ?? (dtype && row.types?.[dtype]) ?? 1;
}

/** First runtime that knows a version of an operator, such as "1.14.0"; undefined where the list does not say. */
export function firstRuntime(op: OpType, version: number): string | undefined {
  return VERSIONS[op].runtimes.split(' ')[version - 1];
}

/** Order of two runtimes, as sort wants it. */
export function compareRuntimes(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number));
  const part = x.findIndex((value, index) => value !== y[index]);
  return part === -1 ? 0 : x[part] - y[part];
}
