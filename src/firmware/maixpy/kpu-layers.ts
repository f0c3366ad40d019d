import { convGeometry } from '../../models/formats/kmodel/conv-body.ts';
import { KPU_CONV, LAYER_FORMATS, type KmodelLayer } from '../../models/formats/kmodel/layers.ts';

/** What `kpu.netinfo` tells of a layer; all but index and type are 0 for layers of the core. */
export interface LayerInfo {
  readonly index: number;
  readonly type: number;
  readonly name: string;
  readonly wi: number;
  readonly hi: number;
  readonly wo: number;
  readonly ho: number;
  readonly chi: number;
  readonly cho: number;
  readonly dw: number;
  readonly kernel_type: number;
  readonly pool_type: number;
  readonly para_size: number;
}

const NO_MAPS = {
  wi: 0,
  hi: 0,
  wo: 0,
  ho: 0,
  chi: 0,
  cho: 0,
  dw: 0,
  kernel_type: 0,
  pool_type: 0,
  para_size: 0,
};

export function layerInfo(layer: KmodelLayer, index: number): LayerInfo {
  const base = { index, type: LAYER_FORMATS[layer.type].code, name: layer.type };
  if (layer.type !== KPU_CONV) return { ...base, ...NO_MAPS };
  const { words } = layer.tail;
  const { inW, inH, inC, outW, outH, outC, depthwise } = convGeometry(words);
  return {
    ...base,
    ...{ wi: inW, hi: inH, wo: outW, ho: outH, chi: inC, cho: outC, dw: Number(depthwise) },
    kernel_type: words.kernel_pool_type_cfg.kernel_type,
    pool_type: words.kernel_pool_type_cfg.pool_type,
    para_size: words.kernel_load_cfg.para_size,
  };
}
