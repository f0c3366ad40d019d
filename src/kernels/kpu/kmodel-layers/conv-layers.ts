import { OUTPUT_IN_MAIN_MEMORY } from '../../../models/formats/kmodel/file.ts';
import { KPU_CONV, type LayerOf } from '../../../models/formats/kmodel/layers.ts';
import { KpuConv2d, type KpuConvOptions } from '../kpu-conv2d/index.ts';
import { loadMaps, storeMaps, type MapsShape } from '../kpu-conv2d/kpu-memory-layout.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const MIN_SIDE = 4;
const MAX_LOADS = 64;

export type ConvLayer = LayerOf<typeof KPU_CONV>;

/** Shapes of both maps and the lines where they start. */
export function convMaps({ tail: { words } }: ConvLayer): {
  readonly input: MapsShape & { readonly line: number };
  readonly output: MapsShape & { readonly line: number };
} {
  const { image_addr, image_channel_num: channels, image_size: sides } = words;
  return {
    input: {
      ...{ line: image_addr.image_src_addr, channels: channels.i_ch_num + 1 },
      ...{ height: sides.i_col_high + 1, width: sides.i_row_wid + 1 },
    },
    output: {
      ...{ line: image_addr.image_dst_addr, channels: channels.o_ch_num + 1 },
      ...{ height: sides.o_col_high + 1, width: sides.o_row_wid + 1 },
    },
  };
}

/** Reads maps from KPU memory and writes them there and, where the flag says so, planar to main memory too. */
export function prepareConv(layer: ConvLayer, memory: LayerMemory, options: KpuConvOptions): RunLayer {
  const { input, output } = convMaps(layer);
  checkLimits(layer, memory);
  const conv = new KpuConv2d(layer.tail, { ...options, where: memory.where });
  const [from, to] = [new Uint8Array(conv.inputBytes), new Uint8Array(conv.outputBytes)];
  const isInMain = (layer.flags & OUTPUT_IN_MAIN_MEMORY) !== 0;
  const main = isInMain ? memory.bytes(layer.main_mem_out_address, conv.outputBytes) : undefined;
  return () => {
    loadMaps(memory.kpu, input.line, input, from);
    conv.run(from, to);
    storeMaps(memory.kpu, output.line, output, to);
    main?.set(to);
  };
}

function checkLimits(layer: ConvLayer, memory: LayerMemory): void {
  const { input, output } = convMaps(layer);
  for (const maps of [input, output]) {
    if (Math.min(maps.height, maps.width) < MIN_SIDE) {
      memory.fail(`maps of ${maps.height}x${maps.width}; the KPU needs at least ${MIN_SIDE}x${MIN_SIDE}`);
    }
    memory.requireLines(maps.line, maps);
  }
  const loads = Math.ceil(output.channels / (layer.tail.words.image_channel_num.o_ch_num_coef + 1));
  if (loads > MAX_LOADS) memory.fail(`${loads} parameter loads; the KPU does at most ${MAX_LOADS} a layer`);
}
