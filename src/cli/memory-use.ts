import { tensorBytes, type Graph } from '../models/graph.ts';
import { formatCount } from '../report/format.ts';
import { formatTable } from '../report/table.ts';
import type { Prediction } from '../simulate/prediction.ts';

/** An activation tensor and the operators (by index) between which it must be kept. */
interface LiveTensor {
  readonly name: string;
  readonly bytes: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

interface MemoryShare {
  readonly memory: string;
  readonly usedBytes: number;
  readonly availableBytes: number;
  readonly fits: boolean;
}

/** What `memory --json` prints. */
export interface MemoryUse {
  readonly model: string;
  readonly board: string;
  readonly arenaBytes: number;
  readonly flashBytes: number;
  readonly tensors: readonly LiveTensor[];
  readonly parts: Prediction['memory']['parts'];
  readonly fits: readonly MemoryShare[];
}

function liveTensors(graph: Graph): LiveTensor[] {
  const written = new Map(graph.inputs.map((tensor) => [tensor, 0]));
  const read = new Map<number, number>();
  graph.nodes.forEach(({ inputs, outputs }, index) => {
    for (const tensor of outputs) written.set(tensor, index);
    for (const tensor of inputs) read.set(tensor, index);
  });
  const end = graph.nodes.length - 1;
  return [...written].map(([tensor, firstStep]) => ({
    name: graph.tensors[tensor]!.name,
    bytes: tensorBytes(graph.tensors[tensor]!),
    firstStep,
    lastStep: graph.outputs.includes(tensor) ? end : (read.get(tensor) ?? firstStep),
  }));
}

function shareMemories({ memory: { parts } }: Prediction): MemoryShare[] {
  const names = [...new Set(parts.map(({ memory }) => memory))];
  return names.map((memory) => {
    const own = parts.filter((part) => part.memory === memory);
    const usedBytes = own.reduce((sum, part) => sum + part.bytes, 0);
    const { availableBytes } = own[0]!;
    return { memory, usedBytes, availableBytes, fits: usedBytes <= availableBytes };
  });
}

/** Parts of a memory plan that hold activations, by the names that the toolchains give them. */
const ARENA_PARTS = /^(arena|main memory)/;

function arenaBytes({ memory: { parts } }: Prediction): number {
  return parts.filter(({ name }) => ARENA_PARTS.test(name)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Use of each memory, and the lifetimes of the activations. */
export function memoryUse(graph: Graph, prediction: Prediction): MemoryUse {
  const { model, board, memory } = prediction;
  return {
    model,
    board,
    arenaBytes: arenaBytes(prediction),
    flashBytes: memory.flashBytes,
    tensors: liveTensors(graph),
    parts: memory.parts,
    fits: shareMemories(prediction),
  };
}

const COLUMNS = [
  { title: 'memory' },
  { title: 'part' },
  { title: 'bytes', align: 'right' },
  { title: 'available', align: 'right' },
  { title: 'fits' },
] as const;

export function formatMemoryUse({ model, board, parts, fits }: MemoryUse): string {
  const rows = fits.flatMap(({ memory, usedBytes, availableBytes, fits: isEnough }) => [
    ...parts
      .filter((part) => part.memory === memory)
      .map((part) => [memory, part.name, formatCount(part.bytes), '', '']),
    [memory, 'total', formatCount(usedBytes), formatCount(availableBytes), isEnough ? 'yes' : 'NO'],
  ]);
  return [`${model} on ${board}`, '', formatTable(COLUMNS, rows)].join('\n');
}
