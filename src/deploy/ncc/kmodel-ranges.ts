import { convGeometry } from '../../models/formats/kmodel/conv-body.ts';
import { OUTPUT_IN_MAIN_MEMORY } from '../../models/formats/kmodel/file.ts';
import {
  KPU_ADD_PADDING,
  KPU_CONV,
  KPU_UPLOAD,
  type KmodelLayer,
} from '../../models/formats/kmodel/layers.ts';
import type { NccAddress } from './plan.ts';

const INPUT_FIELDS = ['main_mem_in_address', 'main_mem_in_a_address', 'main_mem_in_b_address'];

/** Where a layer of the file finds its inputs, in the order of its fields: a byte of main memory or a line of KPU memory. */
export function readsOf(layer: KmodelLayer): NccAddress[] {
  if (layer.type === KPU_CONV) return [{ line: layer.tail.words.image_addr.image_src_addr }];
  if (layer.type === 'Concat' || layer.type === 'QuantizedConcat') {
    return layer.tail.map(({ start }) => ({ main: start }));
  }
  const fields = layer as unknown as Readonly<Record<string, number>>;
  return INPUT_FIELDS.filter((field) => field in fields).map((field) => ({ main: fields[field] }));
}

/** Where a layer of the file leaves its result. */
export function writesOf(layer: KmodelLayer): NccAddress {
  if (layer.type === KPU_CONV) {
    const line = layer.tail.words.image_addr.image_dst_addr;
    return layer.flags & OUTPUT_IN_MAIN_MEMORY ? { line, main: layer.main_mem_out_address } : { line };
  }
  if (layer.type === KPU_ADD_PADDING || layer.type === KPU_UPLOAD) return { line: layer.kpu_mem_out_address };
  return { main: layer.main_mem_out_address };
}

/** Output channels whose weights come in one load of a KPU layer. */
export function channelsPerLoad(layer: KmodelLayer): number | undefined {
  if (layer.type !== KPU_CONV) return undefined;
  const { outC } = convGeometry(layer.tail.words);
  return Math.min(outC, layer.tail.words.image_channel_num.o_ch_num_coef + 1);
}
