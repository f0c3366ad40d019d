import type { ResolverGeneration } from '../../kernels/definition/tflm.ts';
import { opFor } from '../../kernels/index.ts';
import type { DType } from '../../models/graph/graph.ts';

/**
 * Interpreters whose AllOpsResolver lacks operators that this project understands: OpenMV's libtf has the one of
 * TensorFlow r2.4 (`micro/all_ops_resolver.cc`, the state of November 2020). A model with an operator that is not
 * registered fails in `tf.load` on the camera.
 */
const GENERATIONS: Readonly<Record<string, ResolverGeneration>> = {
  'openmv-libtf-2020-11': 'libtf-2020-11',
};

/**
 * Whether the interpreter behind a kernel library registers the operator, and with a kernel for the type where one is
 * given; newer interpreters than those listed take all.
 */
export function isRegistered(kernels: string, op: string, dtype?: DType): boolean {
  const generation = GENERATIONS[kernels];
  if (generation === undefined) return true;
  const { resolvers = [], oldTypes } = opFor(op)?.tflm ?? {};
  if (!resolvers.includes(generation)) return false;
  return dtype === undefined || oldTypes === undefined || oldTypes.includes(dtype);
}
