import { KPU_LINE_BYTES, KPU_LINES } from '../../models/formats/kmodel/kpu-layout.ts';
import type { Board } from '../../boards/board/board.ts';
import { isKmodel, type Model } from '../../models/formats/model.ts';
import type { DeployOptions } from '../options.ts';
import type { MemoryBlock, MemoryTimeline } from '../program.ts';
import { traceKmodel } from './kmodel-network.ts';
import { lowerGraph } from './lower.ts';
import { outputBytes } from './ncc-network.ts';
import { planNcc, type NccBlock, type NccPlan } from './plan.ts';
import type { TracedLayer } from './trace-network.ts';

/** Bytes of one unit of a memory's addresses. */
const UNIT_BYTES = { main: 1, line: KPU_LINE_BYTES };

/** A map that did not fit the KPU memory is drawn past its end. */
const OVERFLOW_OFFSET = KPU_LINES * KPU_LINE_BYTES;

interface PlacedLayers {
  readonly layers: readonly TracedLayer[];
  readonly plan: NccPlan;
}

function blockOf(layers: readonly TracedLayer[], block: NccBlock, memory: string): MemoryBlock {
  const { layer, place, amount, start, firstStep, lastStep } = block;
  const plannedBytes = amount * UNIT_BYTES[place];
  return {
    name: `${layer} ${layers[layer].type}`,
    kind: 'tensor',
    memory,
    bytes: place === 'main' ? Math.min(outputBytes(layers[layer]), amount) : plannedBytes,
    plannedBytes,
    offset: start === undefined ? OVERFLOW_OFFSET : start * UNIT_BYTES[place],
    firstStep,
    lastStep,
  };
}

/** The maps that lie in the KPU's memory, with the steps for which they do. */
export function mapsBlocks({ layers, plan }: PlacedLayers): MemoryBlock[] {
  return plan.blocks.filter(({ place }) => place === 'line').map((block) => blockOf(layers, block, 'kpu'));
}

/** Layers of a kmodel, or of the one that ncc 0.1 would write, with the place of each result. */
function placedLayers(model: Model, { floatFc = false, maxDense }: DeployOptions): PlacedLayers {
  if (isKmodel(model)) return traceKmodel(model);
  const network = lowerGraph(model, { floatFc, maxDense });
  return { layers: network.layers, plan: planNcc(network) };
}

/**
 * Places of all results over the layers of the kmodel, in main memory and in the KPU's: as the file says, or as ncc 0.1
 * plans them for a network.
 */
export function planNccTimeline(model: Model, { runtime }: Board, options: DeployOptions): MemoryTimeline {
  const { layers, plan } = placedLayers(model, options);
  const memories = { main: runtime.placement.activations, line: runtime.placement.maps };
  const placed = plan.blocks.map((block) => blockOf(layers, block, memories[block.place]));
  const overflows = plan.blocks.filter(({ start }) => start === undefined).length;
  return {
    steps: layers.map(({ type }) => type),
    blocks: placed.sort((a, b) => a.firstStep - b.firstStep || a.offset - b.offset),
    arenaBytes: plan.mainBytes,
    notes:
      overflows > 0
        ? [`${overflows} feature maps do not fit the KPU's memory; they are drawn past its end`]
        : [],
  };
}
