import type { DType } from '../../models/graph/graph.ts';
import { opFor } from '../../kernels/registry.ts';

/** An interpreter as it was at some time: which operators it registers. */
export interface Generation {
  /** How messages call it. */
  readonly title: string;
  /** Names of all operators that it registers, those that this project does not know included. */
  readonly registered: ReadonlySet<string>;
  /** Where `oldTypes` of an operator counts. */
  readonly isOld: boolean;
}

const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** TensorFlow r2.4 as of November 2020, micro/all_ops_resolver.cc: what OpenMV's libtf registers. */
const OF_2020: Generation = {
  title: 'TensorFlow Lite Micro of November 2020',
  isOld: true,
  registered: names(`
    ABS ADD ARG_MAX ARG_MIN AVERAGE_POOL_2D CEIL CONCATENATION CONV_2D COS DEPTHWISE_CONV_2D DEQUANTIZE EQUAL FLOOR
    FULLY_CONNECTED GREATER GREATER_EQUAL HARD_SWISH L2_NORMALIZATION LESS LESS_EQUAL LOG LOGICAL_AND LOGICAL_NOT
    LOGICAL_OR LOGISTIC MAXIMUM MAX_POOL_2D MEAN MINIMUM MUL NEG NOT_EQUAL PACK PAD PADV2 PRELU QUANTIZE REDUCE_MAX
    RELU RELU6 RESHAPE RESIZE_NEAREST_NEIGHBOR ROUND RSQRT SHAPE SIN SOFTMAX SPLIT SPLIT_V SQRT SQUARE STRIDED_SLICE
    SUB SVDF TANH UNPACK CUSTOM:TFLite_Detection_PostProcess
  `),
};

/** tensorflow/tflite-micro of October 2026, micro_mutable_op_resolver.h. */
const TODAY: Generation = {
  title: 'TensorFlow Lite Micro of 2026',
  isOld: false,
  registered: names(`
    ABS ADD ADD_N ARG_MAX ARG_MIN ASSIGN_VARIABLE AVERAGE_POOL_2D BATCH_MATMUL BATCH_TO_SPACE_ND BROADCAST_ARGS
    BROADCAST_TO CALL_ONCE CAST CEIL CONCATENATION CONV_2D COS CUMSUM DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE DIV
    DYNAMIC_UPDATE_SLICE ELU EMBEDDING_LOOKUP EQUAL EXP EXPAND_DIMS FILL FLOOR FLOOR_DIV FLOOR_MOD FULLY_CONNECTED GATHER
    GATHER_ND GREATER GREATER_EQUAL HARD_SWISH IF L2_NORMALIZATION L2_POOL_2D LEAKY_RELU LESS LESS_EQUAL LOG
    LOGICAL_AND LOGICAL_NOT LOGICAL_OR LOGISTIC LOG_SOFTMAX MAXIMUM MAX_POOL_2D MEAN MINIMUM MIRROR_PAD MUL NEG
    NOT_EQUAL PACK PAD PADV2 PRELU QUANTIZE READ_VARIABLE REDUCE_MAX REDUCE_MIN RELU RELU6 RESHAPE RESIZE_BILINEAR
    RESIZE_NEAREST_NEIGHBOR REVERSE_V2 ROUND RSQRT SELECT_V2 SHAPE SIN SLICE SOFTMAX SPACE_TO_BATCH_ND SPACE_TO_DEPTH
    SPLIT SPLIT_V SQRT SQUARE SQUARED_DIFFERENCE SQUEEZE STRIDED_SLICE SUB SUM SVDF TANH TRANSPOSE TRANSPOSE_CONV
    UNIDIRECTIONAL_SEQUENCE_LSTM UNPACK VAR_HANDLE WHILE ZEROS_LIKE
    CUSTOM:TFLite_Detection_PostProcess CUSTOM:CIRCULAR_BUFFER CUSTOM:SignalDelay CUSTOM:SignalEnergy
    CUSTOM:SignalFftAutoScale CUSTOM:SignalFilterBank CUSTOM:SignalFilterBankLog
    CUSTOM:SignalFilterBankSpectralSubtraction CUSTOM:SignalFilterBankSquareRoot CUSTOM:SignalFramer
    CUSTOM:SignalIrfft CUSTOM:SignalOverlapAdd CUSTOM:SignalPCAN CUSTOM:SignalRfft CUSTOM:SignalStacker
    CUSTOM:SignalWindow
  `),
};

/** Generations by kernel library; libraries that are not listed are of today. */
const GENERATIONS: Readonly<Record<string, Generation>> = { 'openmv-libtf-2020-11': OF_2020 };

/** A kernel library of each generation, today's first. */
export const LIBRARY_OF_EACH: readonly string[] = ['tflm-reference', ...Object.keys(GENERATIONS)];

/** The generation of a kernel library. */
export const generationOf = (kernels: string): Generation => GENERATIONS[kernels] ?? TODAY;

/**
 * Whether the interpreter behind a kernel library registers the operator, and with a kernel for the type where one is
 * given. A custom operator that was added to this project counts as registered today.
 */
export function isRegistered(kernels: string, op: string, dtype?: DType): boolean {
  const { registered, isOld } = generationOf(kernels);
  if (!registered.has(op) && (isOld || !op.startsWith('CUSTOM:') || opFor(op) === undefined)) return false;
  const { oldTypes } = opFor(op)?.tflm ?? {};
  return !isOld || dtype === undefined || oldTypes === undefined || oldTypes.includes(dtype);
}

/** The sentence that a library has no kernel for an operator, and whether a newer one has. */
export function missingKernel(kernels: string, op: string): string {
  const { title, isOld } = generationOf(kernels);
  const since = isOld && TODAY.registered.has(op) ? `; ${TODAY.title} has one` : '';
  return `${kernels} has no kernel for it (${title}), so the model does not load${since}`;
}
