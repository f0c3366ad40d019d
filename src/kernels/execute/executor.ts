import type { Graph } from '../../models/graph/graph.ts';
import { createAccelerator } from './fast/index.ts';
import { prepareExecutor, type Executor } from './graph-executor.ts';
import type { RunLimits } from './run-limits.ts';

export type { Executor } from './graph-executor.ts';

/** How a network is run. */
export interface ExecutorOptions {
  /** Kernels in WebAssembly SIMD where there are some and the host has it; they give the same bytes. Default true. */
  readonly fast?: boolean;
  /** What a run may take; a network that needs more is refused before anything is reserved. */
  readonly limits?: RunLimits;
}

/**
 * Plans a network once: shapes are checked, every kernel is prepared, all tensors have their place; running it then
 * allocates nothing. Throws a SpecError or UnsupportedOpError of one line that names op, index and tensor.
 */
export function createExecutor(graph: Graph, { fast = true, limits }: ExecutorOptions = {}): Executor {
  return prepareExecutor(graph, () => (fast ? createAccelerator() : undefined), limits);
}
