import type { KernelCall } from '../../../kernels/definition/kernel-limits.ts';
import { describeWindow, type WindowSize, type WindowSlide } from '../../../kernels/windows/window.ts';
import type { WindowGeometry } from '../../../kernels/windows/window-counts.ts';
import type { Pool2dAttributes } from '../../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { densePlan, elementwisePlan } from './other-kernels.ts';
import type { KernelPlan } from './kernel-plan.ts';
import {
  averagePoolPlan,
  convPlan,
  depthwisePlan,
  maxPoolPlan,
  transposeConvPlan,
} from './window-kernels.ts';

type PlanOf = (call: KernelCall) => KernelPlan;

const filterOf = (call: KernelCall): readonly number[] => call.inputs[1]!.shape;

function geometryOf(call: KernelCall, window: WindowSize, data = 0): WindowGeometry {
  return describeWindow(call.inputs[data]!, call.outputs[0], window, call.attributes as WindowSlide);
}

const conv: PlanOf = (call) => {
  const [, kernelH, kernelW, filterC] = filterOf(call);
  const inC = call.inputs[0]!.shape[3];
  if (filterC !== inC) return { refuses: `groups of ${filterC} of ${inC} channels; its kernel takes all` };
  return convPlan(geometryOf(call, [kernelH, kernelW]));
};

const depthwise: PlanOf = (call) => {
  const [, kernelH, kernelW] = filterOf(call);
  return depthwisePlan(geometryOf(call, [kernelH, kernelW]));
};

const pool =
  (plan: (g: WindowGeometry) => KernelPlan): PlanOf =>
  (call) => {
    const { filterH, filterW } = call.attributes as Pool2dAttributes;
    return plan(geometryOf(call, [filterH, filterW]));
  };

const transposed: PlanOf = (call) => {
  const [, kernelH, kernelW] = filterOf(call);
  return transposeConvPlan(geometryOf(call, [kernelH, kernelW], 2));
};

const dense: PlanOf = (call) => {
  const [outputs, inputs] = filterOf(call);
  return densePlan(inputs, outputs, elementCount(call.outputs[0].shape) / outputs);
};

const pairwise: PlanOf = ({ inputs: [a, b], outputs: [output] }) => elementwisePlan(a, b, output);

/**
 * Operators that the library of Silicon Labs has kernels for: platform/compute/nn/mvp/src of SiliconLabs/gecko_sdk 4.3, one
 * file each; which it takes, and in how many programs, is read off there.
 */
const PLANS: Readonly<Record<string, PlanOf>> = {
  CONV_2D: conv,
  DEPTHWISE_CONV_2D: depthwise,
  FULLY_CONNECTED: dense,
  MAX_POOL_2D: pool(maxPoolPlan),
  AVERAGE_POOL_2D: pool(averagePoolPlan),
  ADD: pairwise,
  MUL: pairwise,
  TRANSPOSE_CONV: transposed,
};

/** Position of the operand that is data, where it is not the first. */
const dataOf = (op: string): number => (op === 'TRANSPOSE_CONV' ? 2 : 0);

const isInt8 = (tensor: TensorInfo | undefined): boolean => tensor?.dtype === 'int8';

/** The programs that the accelerator runs for an operator, or why the core runs it. */
export function mvpPlan(op: string, call: KernelCall): KernelPlan {
  const plan = Object.hasOwn(PLANS, op) ? PLANS[op] : undefined;
  if (plan === undefined) return { refuses: 'the library has no kernel for it' };
  const data = call.inputs[dataOf(op)];
  if (!isInt8(data) || !call.outputs.every(isInt8))
    return { refuses: `${data?.dtype ?? 'no'} activations; its kernel takes int8` };
  return plan(call);
}
