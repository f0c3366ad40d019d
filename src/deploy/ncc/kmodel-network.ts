import { FormatError } from '../../errors.ts';
import { convGeometry } from '../../models/formats/kmodel/conv-body.ts';
import { weightBitsOf, type KmodelFile } from '../../models/formats/kmodel/file.ts';
import { KPU_CONV, type KmodelLayer, type LayerName } from '../../models/formats/kmodel/layers.ts';
import type { KmodelModel, KmodelV3Model } from '../../models/formats/kmodel/kmodel-model.ts';
import type { Reason } from '../program.ts';
import { ON_CORE } from './network-builder.ts';
import { describeLayer, inputShape } from './kmodel-layer.ts';
import { channelsPerLoad, readsOf, writesOf } from './kmodel-ranges.ts';
import { elementsOf } from './ncc-network.ts';
import { DENSE_RULES, firstRule } from './rules.ts';
import { traceNetwork, type FileHeader, type FileLayer, type TracedNetwork } from './trace-network.ts';
import { traceV4 } from './v4-network.ts';

const MIN_SIDE = 4;
const MAX_LOADS = 64;
const FLOAT_INPUTS: readonly KmodelLayer['type'][] = ['FullyConnected', 'Quantize'];

/**
 * The network that a kmodel holds, followed through its memory. Throws a FormatError of one line that names the layer
 * where it passes a limit of the KPU or reads what was never written.
 */
export function traceKmodel(model: KmodelModel): TracedNetwork {
  return model.version === 3 ? traceV3(model) : traceV4(model);
}

function traceV3({ file, name }: KmodelV3Model): TracedNetwork {
  const weightBits = weightBitsOf(file);
  const layers = file.layers.map((layer, index): FileLayer => {
    const where = `${name}: layer ${index} (${layer.type})`;
    checkKpuLimits(layer, where);
    return {
      ...{ reads: readsOf(layer), writes: writesOf(layer), where },
      describe: (inputs) => describeLayer(layer, inputs, weightBits),
      placement: () => placementOf(layer),
    };
  });
  return traceNetwork(headerOf(file, name), layers);
}

function headerOf(file: KmodelFile, name: string): FileHeader {
  const first = file.layers[0];
  const shape = inputShape(first);
  const bytes = elementsOf(shape) * (FLOAT_INPUTS.includes(first.type) ? 4 : 1);
  return {
    ...{ name, mainBytes: file.main_mem_usage, outputs: file.outputs.map(({ address }) => address) },
    input: { shape, bytes, address: readsOf(first)[0] ?? { main: 0 } },
  };
}

function checkKpuLimits(layer: KmodelLayer, where: string): void {
  if (layer.type !== KPU_CONV) return;
  const { inH, inW, outH, outW, outC } = convGeometry(layer.tail.words, where);
  if (Math.min(inH, inW, outH, outW) < MIN_SIDE) {
    const maps = `maps of ${inH}x${inW} to ${outH}x${outW}`;
    throw new FormatError(`${where}: ${maps}; the KPU needs at least ${MIN_SIDE}x${MIN_SIDE}`);
  }
  const loads = Math.ceil(outC / channelsPerLoad(layer)!);
  if (loads <= MAX_LOADS) return;
  throw new FormatError(`${where}: ${loads} parameter loads; the KPU does at most ${MAX_LOADS} a layer`);
}

const ON_KPU: Reason = {
  rule: 'kmodel/kpu',
  reason: 'the converter has put it on the KPU, for the file holds its layer words and parameters',
};
const OTHER: Reason = {
  rule: 'kmodel/core',
  reason: 'a layer that the runtime does on the core, for the KPU computes convolutions only',
};
const CONVERSIONS: Partial<Readonly<Record<LayerName, Reason>>> = {
  Quantize: ON_CORE.quantize,
  Dequantize: ON_CORE.dequantize,
  ChannelwiseDequantize: ON_CORE.dequantize,
  K210Upload: ON_CORE.upload,
  K210AddPadding: ON_CORE.addPadding,
  K210RemovePadding: ON_CORE.removePadding,
  TensorflowFlatten: ON_CORE.flatten,
};
const FLOAT_DENSE: Reason = {
  rule: 'kmodel/float-fc',
  reason: 'small enough for the KPU, but the converter left it on the core in float32, as --float-fc asks',
};

function placementOf(layer: KmodelLayer): Reason {
  if (layer.type === KPU_CONV) return ON_KPU;
  if (layer.type !== 'FullyConnected') return CONVERSIONS[layer.type] ?? OTHER;
  const { in_channels: inputs, out_channels: outputs } = layer;
  const site = { inputs, outputs, batches: 1, activation: 'NONE', floatFc: false };
  const rule = firstRule(DENSE_RULES, site);
  return rule ? { rule: rule.id, reason: rule.message(site) } : FLOAT_DENSE;
}
