import { KPU_LINES, kpuLayout, kpuLoads } from '../../models/formats/kmodel/kpu-layout.ts';
import { SpecError } from '../../errors.ts';
import type { LayerWords } from '../../models/formats/kmodel/fields.ts';
import type { KpuLayer } from '../program.ts';

const DMA_BURST = 15;
const MAX_LOADS = 64;

/** What the words say beyond the layer's shape. */
export interface LayerConstants {
  /** Lines of KPU memory. */
  readonly inputLine: number;
  readonly outputLine: number;
  readonly pad_value: number;
  readonly shr_w: number;
  readonly shr_x: number;
  readonly arg_w: number;
  readonly arg_x: number;
  readonly arg_add: number;
}

/**
 * The 12 words of a layer as ncc 0.1 writes them (docs/hardware/k210.md#layer-words). Throws a SpecError where its
 * weights need more parameter loads than there are or its maps lie outside of KPU memory.
 */
export function layerWords(layer: KpuLayer, constants: LayerConstants): LayerWords {
  const [input, output] = [kpuLayout(layer.inW), kpuLayout(layer.outW)];
  const { loads, channelsPerLoad, firstLoadBytes } = checkLoads(layer);
  const { inputLine, outputLine, pad_value, shr_w, shr_x, arg_w, arg_x, arg_add } = constants;
  if (!(inputLine < KPU_LINES && outputLine < KPU_LINES))
    throw new SpecError('its maps do not fit the 2 MiB of KPU memory');
  const outPixels = layer.outW * layer.outH;
  return {
    interrupt_enabe: { int_en: 0, ram_flag: 0, full_add: 0, depth_wise_layer: layer.depthwise ? 1 : 0 },
    image_addr: { image_src_addr: inputLine, image_dst_addr: outputLine },
    image_channel_num: {
      i_ch_num: layer.inC - 1,
      o_ch_num: layer.outC - 1,
      o_ch_num_coef: channelsPerLoad - 1,
    },
    image_size: {
      ...{ i_row_wid: layer.inW - 1, i_col_high: layer.inH - 1 },
      ...{ o_row_wid: layer.outW - 1, o_col_high: layer.outH - 1 },
    },
    kernel_pool_type_cfg: {
      ...{ kernel_type: layer.kernel === 1 ? 0 : 1, pad_type: 0, pool_type: layer.poolType, first_stride: 0 },
      ...{ bypass_conv: 0, load_para: 1, dma_burst_size: DMA_BURST, pad_value, bwsx_base_addr: 0 },
    },
    kernel_load_cfg: { load_coor: 1, load_time: loads - 1, para_size: firstLoadBytes, para_start_addr: 0 },
    kernel_offset: { coef_column_offset: 0, coef_row_offset: 0 },
    kernel_calc_type_cfg: {
      ...{ channel_switch_addr: input.linesPerRow * layer.inH, row_switch_addr: input.linesPerRow },
      ...{ coef_size: 0, coef_group: input.channelsPerLine, load_act: 1, active_addr: 0 },
    },
    write_back_cfg: {
      ...{ wb_channel_switch_addr: output.linesPerRow * layer.outH, wb_row_switch_addr: output.linesPerRow },
      wb_group: output.channelsPerLine,
    },
    conv_value: { shr_w, shr_x, arg_w, arg_x },
    conv_value2: { arg_add },
    dma_parameter: {
      send_data_out: 0,
      channel_byte_num: outPixels - 1,
      dma_total_byte: outPixels * layer.outC - 1,
    },
  };
}

function checkLoads(layer: KpuLayer): ReturnType<typeof kpuLoads> {
  const loads = kpuLoads(layer);
  if (loads.loads <= MAX_LOADS) return loads;
  throw new SpecError(`its weights need more than ${MAX_LOADS} parameter loads`);
}
