import type { Board, Memory } from '../../boards/board/board.ts';
import { tensorBytes, type Graph } from '../../models/graph/graph.ts';
import { kernelsOf, memoryOf, type DeployOptions } from '../options.ts';
import type { MemoryPart, MemoryPlan } from '../program.ts';
import { planArenaBytes } from './greedy-planner.ts';
import { tensorLifetimes, variableBytes } from './lifetimes.ts';
import { scratchRequests } from './scratch-requests.ts';
import { arenaBuffers } from './tflm-timeline.ts';

/**
 * Bytes of the interpreter's own structures a tensor and an operator (TfLiteTensor, node and registration on
 * a 32-bit target); an estimate, the planned arena itself is exact.
 */
const INTERPRETER_BYTES = { fixed: 1024, perTensor: 64, perOperator: 72 };

export interface TflmMemory {
  readonly plan: MemoryPlan;
  readonly weightsMemory: string;
  readonly warnings: readonly string[];
}

/**
 * Where OpenMV's `tf.load` puts the model and the interpreter its arena: the file on the MicroPython heap,
 * or in the frame buffer with `load_to_fb=True`, which a model over the heap needs; the arena in the frame
 * buffer's stack.
 */
export function planTflmMemory(graph: Graph, board: Board, options: DeployOptions): TflmMemory {
  const { activations } = board.runtime.placement;
  const heap = memoryOf(board, options.weightsIn ?? board.runtime.placement.weights);
  const overflow = board.runtime.placement.weightsOverflow ?? heap.id;
  const spills = options.weightsIn === undefined && graph.fileBytes > heap.availableBytes.value;
  const weightsMemory = spills ? overflow : heap.id;
  const warnings = spills && overflow !== heap.id ? [spillWarning(graph, heap, overflow)] : [];
  const kernels = kernelsOf(board, options);
  const tensorsBytes = planArenaBytes(tensorLifetimes(graph));
  const hasScratch = (scratchRequests(graph, kernels) ?? []).length > 0;
  const arenaBytes = hasScratch ? planArenaBytes(arenaBuffers(graph, kernels)) : tensorsBytes;
  const weights = weightBytes(graph);
  const variables = variableBytes(graph);
  const parts: MemoryPart[] = [
    { name: 'model file: weights', memory: weightsMemory, bytes: weights },
    { name: 'model file: graph', memory: weightsMemory, bytes: Math.max(graph.fileBytes - weights, 0) },
    { name: 'arena: tensors', memory: activations, bytes: tensorsBytes },
    { name: 'arena: scratch of kernels', memory: activations, bytes: arenaBytes - tensorsBytes },
    { name: 'arena: variables', memory: activations, bytes: variables },
    { name: 'arena: interpreter (estimate)', memory: activations, bytes: interpreterBytes(graph) },
  ].filter(({ bytes }) => bytes > 0);
  const isFlash = memoryOf(board, weightsMemory).kind === 'flash';
  const flashBytes = graph.fileBytes;
  const ramBytes = arenaBytes + variables + interpreterBytes(graph) + (isFlash ? 0 : graph.fileBytes);
  return { plan: { flashBytes, ramBytes, parts }, weightsMemory, warnings };
}

/** Bytes of the constants that the file holds. */
function weightBytes({ tensors, fileBytes }: Graph): number {
  let sum = 0;
  for (const tensor of tensors) {
    if (tensor.data) sum += tensor.data.length;
    else if (tensor.isConstant) sum += tensorBytes(tensor);
  }
  return Math.min(sum, fileBytes);
}

function interpreterBytes(graph: Graph): number {
  const { fixed, perTensor, perOperator } = INTERPRETER_BYTES;
  return fixed + perTensor * graph.tensors.length + perOperator * graph.nodes.length;
}

function spillWarning(graph: Graph, heap: Memory, overflow: string): string {
  return (
    `the model file (${graph.fileBytes} bytes) does not fit the ${heap.availableBytes.value} bytes of ${heap.id}; ` +
    `predicted with tf.load(path, load_to_fb=True), which keeps the weights in ${overflow}`
  );
}
