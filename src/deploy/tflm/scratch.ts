import type { OpAttributes } from '../../models/graph/attributes.ts';
import { elementCount, type Graph, type GraphNode, type TensorInfo } from '../../models/graph/graph.ts';

/** A buffer that a kernel asks for in its Prepare; it lives for its own node only. */
export interface ScratchRequest {
  readonly node: number;
  readonly bytes: number;
}

/** Tensors of a node: its inputs, its first output, its attributes. */
interface Call {
  readonly inputs: readonly (TensorInfo | undefined)[];
  readonly output: TensorInfo;
  readonly attributes: object;
}

type Rule = (call: Call) => number;

const INT16_BYTES = 2;
const INT32_BYTES = 4;
const INT64_BYTES = 8;

const typeOf = ({ inputs }: Call, position = 0) => inputs[position]?.dtype;
const isAmong = (dtype: string | undefined, ...types: string[]) => types.includes(dtype!);

/** Weights of 4 bits are unpacked, one byte each (conv.cc, depthwise_conv.cc, fully_connected.cc). */
const unpackedWeights: Rule = (call) =>
  typeOf(call, 1) === 'int4' ? elementCount(call.inputs[1]!.shape) : 0;

/** reduce_common.cc, PrepareMeanOrSum: an int32 sum for each output. */
const reductionSums: Rule = (call) =>
  isAmong(typeOf(call), 'int8', 'uint8', 'int16') ? elementCount(call.output.shape) * INT32_BYTES : 0;

/** transpose_conv.cc, Prepare: accumulators of the whole output, 64 bits wide for 16-bit activations. */
const transposeAccumulators: Rule = (call) => {
  const elements = elementCount(call.output.shape);
  if (typeOf(call, 2) === 'int8') return elements * INT32_BYTES;
  return typeOf(call, 2) === 'int16' ? elements * INT64_BYTES : 0;
};

/** What the reference kernels ask for (tensorflow/tflite-micro, micro/kernels); every other operator asks for nothing. */
const REFERENCE: Readonly<Record<string, Rule>> = {
  CONV_2D: unpackedWeights,
  DEPTHWISE_CONV_2D: unpackedWeights,
  FULLY_CONNECTED: unpackedWeights,
  MEAN: reductionSums,
  SUM: reductionSums,
  TRANSPOSE_CONV: transposeAccumulators,
};

/** Two columns of the picture as int16, their length rounded up to 4 (arm_convolve_s8_get_buffer_size, DSP extension). */
const imageColumns: Rule = ({ inputs }) => {
  const [, height, width, depth] = inputs[1]!.shape;
  if (height === 1 && width === 1) return 0;
  return 2 * (Math.ceil((height * width * depth) / 4) * 4) * INT16_BYTES;
};

/** arm_depthwise_conv_wrapper_s8_get_buffer_size: nothing for 3x3, which has a kernel of its own. */
const depthwiseColumns: Rule = ({ inputs, output, attributes }) => {
  const [batch, , , channels] = inputs[0]!.shape;
  const [, height, width] = inputs[1]!.shape;
  const { dilationH, dilationW } = attributes as OpAttributes['DEPTHWISE_CONV_2D'];
  const isPlain = batch === 1 && channels === output.shape[3] && dilationH === 1 && dilationW === 1;
  if (!isPlain || (height === 3 && width === 3)) return 0;
  return channels * height * width * INT16_BYTES;
};

const onInt8 =
  (rule: Rule, other: Rule): Rule =>
  (call) =>
    typeOf(call) === 'int8' ? rule(call) + other(call) : other(call);

/** What the CMSIS-NN kernels ask for on a core with the DSP extension, built by GCC (ARM-software/CMSIS-NN). */
const CMSIS_NN: Readonly<Record<string, Rule>> = {
  ...REFERENCE,
  CONV_2D: onInt8(imageColumns, unpackedWeights),
  DEPTHWISE_CONV_2D: onInt8(depthwiseColumns, unpackedWeights),
  // arm_avgpool_s8_get_buffer_size: a sum for each channel.
  AVERAGE_POOL_2D: onInt8(
    ({ inputs }) => inputs[0]!.shape[3] * INT32_BYTES,
    () => 0,
  ),
};

const LIBRARIES: readonly { prefix: string; rules: Readonly<Record<string, Rule>> }[] = [
  { prefix: 'tflm-reference', rules: REFERENCE },
  { prefix: 'cmsis-nn', rules: CMSIS_NN },
];

function rulesOf(kernels: string): Readonly<Record<string, Rule>> | undefined {
  return LIBRARIES.find(({ prefix }) => kernels.startsWith(prefix))?.rules;
}

/** Scratch buffers of a kernel library in the order of the nodes; undefined where the library's sources are not known. */
export function scratchRequests(graph: Graph, kernels: string): ScratchRequest[] | undefined {
  const rules = rulesOf(kernels);
  if (!rules) return undefined;
  return graph.nodes
    .map((node, index) => ({ node: index, bytes: rules[node.op]?.(callOf(graph, node)) ?? 0 }))
    .filter(({ bytes }) => bytes > 0);
}

function callOf({ tensors }: Graph, { inputs, outputs, attributes }: GraphNode): Call {
  return {
    inputs: inputs.map((tensor) => (tensor < 0 ? undefined : tensors[tensor])),
    output: tensors[outputs[0]!]!,
    attributes,
  };
}
