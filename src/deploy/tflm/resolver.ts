/**
 * Operators that the AllOpsResolver of OpenMV's libtf registers and that this project understands
 * (TensorFlow r2.4 `micro/all_ops_resolver.cc`, the state of November 2020). A model with any other operator
 * fails in `tf.load` on the camera.
 */
const LIBTF_2020_11_OPS: ReadonlySet<string> = new Set([
  'ADD',
  'ARG_MAX',
  'AVERAGE_POOL_2D',
  'CONCATENATION',
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'DEQUANTIZE',
  'FULLY_CONNECTED',
  'HARD_SWISH',
  'LOGISTIC',
  'MAX_POOL_2D',
  'MAXIMUM',
  'MEAN',
  'MINIMUM',
  'MUL',
  'PACK',
  'PAD',
  'PADV2',
  'PRELU',
  'QUANTIZE',
  'RELU',
  'RELU6',
  'RESHAPE',
  'RESIZE_NEAREST_NEIGHBOR',
  'SHAPE',
  'SOFTMAX',
  'SPLIT',
  'STRIDED_SLICE',
  'SUB',
  'TANH',
]);

const REGISTERED: Readonly<Record<string, ReadonlySet<string>>> = {
  'openmv-libtf-2020-11': LIBTF_2020_11_OPS,
};

/** Whether the interpreter behind a kernel library registers the operator; libraries without a list take all. */
export function isRegistered(kernels: string, op: string): boolean {
  return REGISTERED[kernels]?.has(op) ?? true;
}
