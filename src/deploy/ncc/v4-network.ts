import { KPU_LINE_BYTES } from '../../models/formats/kmodel/kpu-layout.ts';
import { UnsupportedOpError } from '../../errors.ts';
import type { V4Node, V4Range } from '../../models/formats/kmodel/read-v4.ts';
import type { KmodelV4Model } from '../../models/formats/kmodel/kmodel-model.ts';
import type { LayerFacts } from './kmodel-layer.ts';
import { elementsOf, type MapShape } from './ncc-network.ts';
import type { NccAddress } from './plan.ts';
import { traceNetwork, type FileLayer, type TracedNetwork } from './trace-network.ts';

const FLOAT_BYTES = 4;

/** NCHW of one image as maps. */
function mapsOf([, c = 1, h = 1, w = 1]: readonly number[]): MapShape {
  return { h, w, c };
}

function keptMaps(inputs: readonly MapShape[], count: number): MapShape {
  const [first] = inputs;
  return first && elementsOf(first) === count ? first : { h: 1, w: 1, c: count };
}

/** Nodes that v3 has too and whose loops are the same, one line each. */
const DESCRIBE: Readonly<Record<string, (node: V4Node, inputs: readonly MapShape[]) => LayerFacts>> = {
  KPUUpload: ({ shapes }) => ({ type: 'K210Upload', shape: mapsOf(shapes.in_shape) }),
  KPUConv2D: ({ conv }) => ({
    type: 'K210Conv',
    shape: { h: conv!.outH, w: conv!.outW, c: conv!.outC },
    kpu: { ...conv!, weightBits: 8 },
  }),
  Dequantize: ({ ranges }, inputs) => ({
    type: 'Dequantize',
    shape: keptMaps(inputs, ranges.output.bytes / FLOAT_BYTES),
  }),
  Quantize: ({ ranges }, inputs) => ({ type: 'Quantize', shape: keptMaps(inputs, ranges.output.bytes) }),
  Softmax: ({ ranges }, inputs) => ({
    type: 'Softmax',
    shape: keptMaps(inputs, ranges.output.bytes / FLOAT_BYTES),
  }),
};

function addressOf({ memory, start }: V4Range): NccAddress {
  return memory === 'kpu' ? { line: Math.floor(start / KPU_LINE_BYTES) } : { main: start };
}

function writesOf({ conv, ranges }: V4Node): NccAddress {
  if (!conv) return addressOf(ranges.output);
  const line = conv.words.image_addr.image_dst_addr;
  const isInMain = conv.words.dma_parameter.send_data_out === 1;
  return isInMain ? { line, main: ranges.main_mem_output.start } : { line };
}

function readsOf({ conv, ranges }: V4Node): NccAddress[] {
  return conv ? [{ line: conv.words.image_addr.image_src_addr }] : [addressOf(ranges.input)];
}

/** The network of a kmodel v4. Throws an UnsupportedOpError that names the first node whose cost is not known. */
export function traceV4({ file, name }: KmodelV4Model): TracedNetwork {
  const layers = file.nodes.map((node, index): FileLayer => {
    const describe = DESCRIBE[node.name];
    if (!describe) throw unknownNode(node, index, name);
    const reason = node.conv
      ? 'the converter has put it on the KPU'
      : 'a node that the runtime does on the core';
    return {
      ...{ reads: readsOf(node), writes: writesOf(node), where: `${name}: node ${index} (${node.name})` },
      describe: (inputs) => describe(node, inputs),
      placement: () => ({ rule: node.conv ? 'kmodel/kpu' : 'kmodel/core', reason }),
    };
  });
  const [input] = file.inputs;
  const shape = input ? mapsOf(input.shape) : { h: 1, w: 1, c: 0 };
  const address = input ? addressOf(input) : { main: 0 };
  const outputs = file.outputs.map(({ start }) => start);
  return traceNetwork(
    { name, mainBytes: file.mainBytes, outputs, input: { shape, address, bytes: input?.bytes ?? 0 } },
    layers,
  );
}

function unknownNode(node: V4Node, index: number, name: string): UnsupportedOpError {
  const known = Object.keys(DESCRIBE).join(', ');
  return new UnsupportedOpError(
    `${name}: node ${index} (${node.name}, opcode 0x${node.opcode.toString(16)}): no cost is known for this node of ` +
      `kmodel v4, only for ${known}; inspect shows the file, or pass the .tflite that it was converted from`,
  );
}
