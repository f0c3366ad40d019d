import { SpecError } from '../../errors.ts';
import type { Board, Memory } from '../../boards/board.ts';
import type { Graph } from '../../models/graph.ts';
import type { DeployOptions } from '../options.ts';
import type { MemoryPart, MemoryPlan } from '../program.ts';
import { planArena } from './arena.ts';
import { tensorLifetimes } from './lifetimes.ts';

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
  const { weights, activations } = board.runtime.placement;
  const heap = memoryOf(board, options.weightsIn ?? weights!);
  const overflow = board.runtime.placement.weightsOverflow ?? heap.id;
  const spills = options.weightsIn === undefined && graph.fileBytes > heap.availableBytes.value;
  const weightsMemory = spills ? overflow : heap.id;
  const warnings = spills && overflow !== heap.id ? [spillWarning(graph, heap, overflow)] : [];
  const { arenaBytes } = planArena(tensorLifetimes(graph));
  const parts: MemoryPart[] = [
    { name: 'model file', memory: weightsMemory, bytes: graph.fileBytes },
    { name: 'arena: tensors', memory: activations!, bytes: arenaBytes },
    { name: 'arena: interpreter (estimate)', memory: activations!, bytes: interpreterBytes(graph) },
  ];
  const isFlash = memoryOf(board, weightsMemory).kind === 'flash';
  const flashBytes = graph.fileBytes;
  const ramBytes = arenaBytes + interpreterBytes(graph) + (isFlash ? 0 : graph.fileBytes);
  return { plan: { flashBytes, ramBytes, parts }, weightsMemory, warnings };
}

function memoryOf(board: Board, id: string): Memory {
  const memory = board.memories.find((candidate) => candidate.id === id);
  if (memory) return memory;
  const known = board.memories.map((candidate) => candidate.id).join(', ');
  throw new SpecError(`board "${board.id}" has no memory "${id}"; choose from ${known}`);
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
