import type { TensorInfo } from '../../models/graph/graph.ts';
import type { Kernel } from './kernel.ts';
import type { Op } from './op.ts';
import type { Operands } from './operands.ts';

/** Faster kernels of one executor, whose tensors lie in their memory. */
export interface Accelerator {
  /** A kernel that gives the same bytes as the plain one, or undefined. */
  prepare(op: Op, attributes: object, inputs: Operands, outputs: readonly TensorInfo[]): Kernel | undefined;
  /** Byte offset of so many bytes of the buffer, which is the last one from the last call on. */
  reserve(bytes: number): number;
  readonly buffer: ArrayBuffer;
}

/** Makes the accelerator of one executor, or none. */
export type Accelerate = () => Accelerator | undefined;
