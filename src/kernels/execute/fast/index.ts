import type { OpType } from '../../index.ts';
import type { TensorInfo } from '../../../models/graph/graph.ts';
import type { Accelerator } from '../../definition/accelerator.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Op } from '../../definition/op.ts';
import type { Operands } from '../../definition/operands.ts';
import { prepareFastAdd } from './add.ts';
import { prepareFastConv, prepareFastDense } from './conv.ts';
import { prepareFastDepthwise } from './depthwise.ts';
import { prepareFastElementwise } from './fast-elementwise.ts';
import { prepareFastPad } from './fast-pad.ts';
import { prepareFastPool } from './fast-pool.ts';
import { prepareFastReduction } from './fast-reduction.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

type PrepareFast = (
  attributes: never,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
  op: Op,
) => Kernel | undefined;

const FAST: { readonly [T in OpType]?: PrepareFast } = {
  CONV_2D: prepareFastConv,
  DEPTHWISE_CONV_2D: prepareFastDepthwise,
  FULLY_CONNECTED: prepareFastDense,
  ADD: prepareFastAdd,
  MAX_POOL_2D: prepareFastPool,
  AVERAGE_POOL_2D: prepareFastPool,
  MEAN: prepareFastReduction,
  SUM: prepareFastReduction,
  PAD: prepareFastPad,
  QUANTIZE: prepareFastElementwise,
  DEQUANTIZE: prepareFastElementwise,
  RELU: prepareFastElementwise,
  RELU6: prepareFastElementwise,
  LEAKY_RELU: prepareFastElementwise,
  HARD_SWISH: prepareFastElementwise,
  LOGISTIC: prepareFastElementwise,
  TANH: prepareFastElementwise,
};

/**
 * A kernel in WebAssembly SIMD that gives the same bytes as the plain one, or undefined where there is none. Its
 * tensors must lie in the workspace's memory.
 */
export function prepareFast(
  op: Op,
  attributes: object,
  inputs: Operands,
  outputs: readonly TensorInfo[],
  workspace: Workspace,
): Kernel | undefined {
  return FAST[op.type as OpType]?.(attributes as never, inputs, outputs[0], workspace, op);
}

/** Kernels in WebAssembly and their memory for one executor, or undefined where the host has none with SIMD. */
export function createAccelerator(): Accelerator | undefined {
  const workspace = createWorkspace();
  if (workspace === undefined) return undefined;
  return {
    prepare: (op, attributes, inputs, outputs) => prepareFast(op, attributes, inputs, outputs, workspace),
    reserve: (bytes) => workspace.reserve(bytes),
    get buffer() {
      return workspace.buffer;
    },
  };
}
