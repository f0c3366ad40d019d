import { refusedBy, type KernelCall } from '../../kernels/definition/kernel-limits.ts';
import type { DescribedOp } from '../../kernels/definition/op.ts';
import { opFor } from '../../kernels/registry.ts';
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

/** Type of the operand that is data, neither a shape nor an axis, behind so many others. */
// A loop: sweeps come here for every operator of every design.
function dataType(op: DescribedOp | undefined, { inputs }: KernelCall, behind: number): DType | undefined {
  const indexInputs = op?.indexInputs;
  let left = behind;
  for (let at = 0; at < inputs.length; at++) {
    const tensor = inputs[at];
    if (tensor !== undefined && !indexInputs?.includes(at) && left-- === 0) return tensor.dtype;
  }
  return undefined;
}

/** The type by which a kernel is chosen: that of the first operand that is data. */
export function kernelDtype(type: string, call: KernelCall): DType | undefined {
  const op = opFor(type);
  const data = op?.weighted?.data;
  return data === undefined ? dataType(op, call, 0) : call.inputs[data]?.dtype;
}

/** Weights of 8 bits under float activations. */
function isHybrid(op: string, call: KernelCall): boolean {
  const weights = dataType(opFor(op), call, 1);
  return weights === 'int8' || weights === 'uint8';
}

/**
 * Why the kernel that a library has for the operator refuses a call, what it would take, and what to do; undefined where
 * it takes it. What is not known to be refused counts as taken.
 */
export function refusedCall(kernels: string, op: string, call: KernelCall): string | undefined {
  const kept = call.intermediates?.find((tensor) => tensorBytes(tensor) > 0);
  if (kept)
    return `an intermediate tensor of ${tensorBytes(kept)} bytes is refused: it must hold nothing; convert again`;
  const { limits, oldTypes } = opFor(op)?.tflm ?? {};
  const dtype = kernelDtype(op, call);
  if (!isRegistered(kernels, op, dtype)) {
    return `${kernels} has no ${dtype} kernel for it, so the model does not load${adviceOn(call)}`;
  }
  const isOld = generationOf(kernels).isOld && oldTypes !== undefined;
  const refused = limits && refusedBy(limits, call, !isOld);
  if (refused !== undefined) return `its kernel refuses ${refused}${adviceOn(call)}`;
  return dtype === 'float32' && isHybrid(op, call)
    ? `its kernel refuses float32 input with int8 weights${adviceOn(call)}`
    : undefined;
}
