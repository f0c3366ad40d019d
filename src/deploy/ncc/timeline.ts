import { KPU_LINE_BYTES, KPU_LINES } from '../../boards/kpu-layout.ts';
import type { Board } from '../../boards/board.ts';
import type { Graph } from '../../models/graph.ts';
import type { DeployOptions } from '../options.ts';
import type { MemoryBlock, MemoryTimeline } from '../program.ts';
import { outputBytes, type NccLayer } from './layers.ts';
import { lowerGraph } from './lower.ts';
import { planNcc, type NccBlock } from './plan.ts';

/** Bytes of one unit of a memory's addresses. */
const UNIT_BYTES = { main: 1, line: KPU_LINE_BYTES };

/** A map that did not fit the KPU memory is drawn past its end. */
const OVERFLOW_OFFSET = KPU_LINES * KPU_LINE_BYTES;

function blockOf(layers: readonly NccLayer[], block: NccBlock, memory: string): MemoryBlock {
  const { layer, place, amount, start, firstStep, lastStep } = block;
  const plannedBytes = amount * UNIT_BYTES[place];
  return {
    name: `${layer} ${layers[layer]!.type}`,
    kind: 'tensor',
    memory,
    bytes: place === 'main' ? outputBytes(layers[layer]!) : plannedBytes,
    plannedBytes,
    offset: start === undefined ? OVERFLOW_OFFSET : start * UNIT_BYTES[place],
    firstStep,
    lastStep,
  };
}

/** Places of all results over the layers of the kmodel, in main memory and in the KPU's, as ncc 0.1 plans them. */
export function planNccTimeline(graph: Graph, { runtime }: Board, options: DeployOptions): MemoryTimeline {
  const network = lowerGraph(graph, { floatFc: options.floatFc ?? false });
  const { blocks, mainBytes } = planNcc(network);
  const memories = { main: runtime.placement.activations!, line: runtime.placement.maps! };
  const placed = blocks.map((block) => blockOf(network.layers, block, memories[block.place]));
  const overflows = blocks.filter(({ start }) => start === undefined).length;
  return {
    steps: network.layers.map(({ type }) => type),
    blocks: placed.sort((a, b) => a.firstStep - b.firstStep || a.offset - b.offset),
    arenaBytes: mainBytes,
    notes:
      overflows > 0
        ? [`${overflows} feature maps do not fit the KPU's memory; they are drawn past its end`]
        : [],
  };
}
