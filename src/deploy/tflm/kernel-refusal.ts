import { refusedBy, type KernelCall } from '../../kernels/definition/kernel-limits.ts';
import { opFor } from '../../kernels/index.ts';
import { tensorBytes, type DType } from '../../models/graph/graph.ts';
import { generationOf, isRegistered } from './resolver.ts';

const FULL_INTEGER = 'convert with full-integer quantization, or to float32';

const hasInput = ({ inputs }: KernelCall, ...types: readonly DType[]): boolean =>
  inputs.some((tensor) => tensor !== undefined && types.includes(tensor.dtype));

/** What to do about types that no kernel of TensorFlow Lite Micro takes together. */
const ADVICE: readonly { readonly when: (call: KernelCall) => boolean; readonly says: string }[] = [
  {
    when: (call) => hasInput(call, 'float16'),
    says: 'convert without float16, or with full-integer quantization',
  },
  {
    when: (call) => hasInput(call, 'float32') && hasInput(call, 'int8', 'uint8'),
    says: `this is a hybrid model: ${FULL_INTEGER}`,
  },
  {
    when: ({ outputs }) => outputs.some(({ dtype }) => dtype === 'int64'),
    says: 'let the model ask for int32 (output_type=tf.int32)',
  },
  { when: (call) => hasInput(call, 'uint8'), says: 'quantize to int8' },
];

function adviceOn(call: KernelCall): string {
  const found = ADVICE.find(({ when }) => when(call));
  return found ? `; ${found.says}` : '';
}

/** Operands that are data: neither shapes nor axes. */
function dataOf(op: string, { inputs }: KernelCall) {
  const { indexInputs = [] } = opFor(op) ?? {};
  return inputs.filter((tensor, at) => tensor !== undefined && !indexInputs.includes(at));
}

/** The type by which a kernel is chosen: that of the first operand that is data. */
export function kernelDtype(op: string, call: KernelCall): DType | undefined {
  const data = opFor(op)?.weighted?.data;
  return data === undefined ? dataOf(op, call)[0]?.dtype : call.inputs[data]?.dtype;
}

/** Weights of 8 bits under float activations. */
function isHybrid(op: string, call: KernelCall): boolean {
  const [data, weights] = dataOf(op, call);
  return data?.dtype === 'float32' && (weights?.dtype === 'int8' || weights?.dtype === 'uint8');
}

/**
 * Why the kernel that a library has for the operator refuses a call, what it would take, and what to do; undefined where
 * it takes it. What is not known to be refused counts as taken.
 */
export function refusedCall(kernels: string, op: string, call: KernelCall): string | undefined {
  const kept = call.intermediates?.find((tensor) => tensorBytes(tensor) > 0);
  if (kept)
    return `an intermediate tensor of ${tensorBytes(kept)} bytes is refused: it must hold nothing; convert again`;
  const { limits = {}, oldTypes } = opFor(op)?.tflm ?? {};
  const dtype = kernelDtype(op, call);
  if (!isRegistered(kernels, op, dtype)) {
    return `${kernels} has no ${dtype} kernel for it, so the model does not load${adviceOn(call)}`;
  }
  const isOld = generationOf(kernels).isOld && oldTypes !== undefined;
  const { types, ...others } = limits;
  const refused = refusedBy(isOld || types === undefined ? others : limits, call);
  if (refused !== undefined) return `its kernel refuses ${refused}${adviceOn(call)}`;
  return isHybrid(op, call)
    ? `its kernel refuses float32 input with int8 weights${adviceOn(call)}`
    : undefined;
}
