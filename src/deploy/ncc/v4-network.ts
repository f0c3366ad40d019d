import { KPU_LINE_BYTES } from '../../models/formats/kmodel/kpu-layout.ts';
import { FormatError, UnsupportedOpError } from '../../errors.ts';
import type { V4Node, V4Range } from '../../models/formats/kmodel/read-v4.ts';
import type { KmodelV4Model } from '../../models/formats/kmodel/kmodel-model.ts';
import type { LayerFacts } from './kmodel-layer.ts';
import { elementsOf, type MapShape, type NccLayerType } from './ncc-network.ts';
import type { NccAddress } from './plan.ts';
import { traceNetwork, type FileLayer, type TracedNetwork } from './trace-network.ts';

const ELEMENT_BYTES = { float32: 4, uint8: 1 } as const;

/** NCHW of one image as maps. */
function mapsOf([, c = 1, h = 1, w = 1]: readonly number[]): MapShape {
  return { h, w, c };
}

/** The maps of the node's shapes or of its first input where they hold as many elements, else a vector. */
function mapsWith(count: number, { shapes }: V4Node, inputs: readonly MapShape[]): MapShape {
  const { out_shape: out, in_shape: before } = shapes;
  const known = [out, before].flatMap((shape) => (shape ? [mapsOf(shape)] : []));
  return [...known, ...inputs].find((maps) => elementsOf(maps) === count) ?? { h: 1, w: 1, c: count };
}

/** Inputs that one output takes, by node; 1 where it is not here. */
const TAPS: Readonly<Record<string, (node: V4Node) => number>> = {
  Conv2D: convTaps,
  QuantizedConv2D: convTaps,
  MatMul: ({ numbers }) => numbers.a_cols,
  QuantizedMatMul: ({ numbers }) => numbers.a_cols,
  ReduceWindow2D: ({ numbers }) => numbers.filter_h * numbers.filter_w,
  Conv2DTranspose: (node) => windowsOf(node) * node.numbers.filter_h * node.numbers.filter_w,
  NnilUnaryMethod: ({ numbers }) => numbers.instructions,
};

/** Other work per element of the result. */
const PER_ELEMENT: Readonly<Record<string, (node: V4Node) => Record<string, number>>> = {
  Conv2DTranspose: (node) => ({ windows: windowsOf(node) }),
  NnilUnaryMethod: ({ numbers }) => ({ functions: numbers.functions }),
};

/** A transposed convolution adds a window to each channel of its group, for each element that it reads. */
function windowsOf({
  numbers,
  shapes: {
    in_shape: [, inC, inH, inW],
    out_shape: [, outC, outH, outW],
  },
}: V4Node): number {
  const outputs = Math.max(1, outC * outH * outW);
  return (inC * inH * inW * outC) / Math.max(1, numbers.groups) / outputs;
}

function convTaps({ numbers, shapes }: V4Node): number {
  return (numbers.filter_h * numbers.filter_w * shapes.in_shape[1]) / Math.max(1, numbers.groups);
}

/** Nodes by nncase's names; those that v3 has too are called as there. */
const TYPES: Readonly<Record<string, NccLayerType>> = {
  ...{ KPUUpload: 'K210Upload', KPUConv2D: 'K210Conv' },
  ...{ Dequantize: 'Dequantize', Quantize: 'Quantize', Softmax: 'Softmax', Concat: 'Concat' },
  ...{ Binary: 'Binary', Conv2D: 'Conv2D', MatMul: 'MatMul', Pad: 'Pad', Reduce: 'Reduce' },
  ...{ ReduceWindow2D: 'ReduceWindow2D', MemoryCopy: 'MemoryCopy', ResizeImage: 'ResizeImage' },
  ...{ Transpose: 'Transpose', StridedSlice: 'StridedSlice', Unary: 'Unary', TableLookup1D: 'TableLookup1D' },
  ...{ QuantizedConv2D: 'QuantizedConv2D', QuantizedMatMul: 'QuantizedMatMul' },
  ...{ QuantizedBinary: 'QuantizedBinary', Conv2DTranspose: 'Conv2DTranspose' },
  NnilUnaryMethod: 'NnilUnaryMethod',
};

function describe(node: V4Node, inputs: readonly MapShape[], where: string): LayerFacts {
  const type = TYPES[node.name];
  const { conv, shapes, ranges } = node;
  if (conv) {
    return { type, shape: { h: conv.outH, w: conv.outW, c: conv.outC }, kpu: { ...conv, weightBits: 8 } };
  }
  if (type === 'K210Upload') return { type, shape: mapsOf(shapes.in_shape) };
  const { dtype, bytes } = ranges.output;
  const elementBytes = ELEMENT_BYTES[dtype];
  const shape = mapsWith(bytes / elementBytes, node, inputs);
  const taps = TAPS[node.name]?.(node);
  const perElement = PER_ELEMENT[node.name]?.(node);
  const work = [taps ?? 0, ...Object.values(perElement ?? {})];
  if (!work.every((count) => count >= 0 && count < Infinity))
    throw new FormatError(`${where}: its shapes hold no work that can be counted; the file is damaged`);
  return {
    type,
    shape,
    elementBytes,
    ...(taps !== undefined && { taps }),
    ...(perElement && { perElement }),
  };
}

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
  if (conv) return [{ line: conv.words.image_addr.image_src_addr }];
  // What lies among the constants is there from the start.
  return Object.entries(ranges).flatMap(([field, range]) =>
    field.startsWith('input') && range.memory !== 'const' ? [addressOf(range)] : [],
  );
}

/** The network of a kmodel v4. Throws an UnsupportedOpError for a node that nncase 0.2 does not have, a FormatError for shapes without sense. */
export function traceV4({ file, name }: KmodelV4Model): TracedNetwork {
  const layers = file.nodes.map((node, index): FileLayer => {
    if (!TYPES[node.name]) throw unknownNode(node, index, name);
    const reason = node.conv
      ? 'the converter has put it on the KPU'
      : 'a node that the runtime does on the core';
    const where = `${name}: node ${index} (${node.name})`;
    return {
      ...{ reads: readsOf(node), writes: writesOf(node), where },
      describe: (inputs) => describe(node, inputs, where),
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
  return new UnsupportedOpError(
    `${name}: node ${index} has the opcode 0x${node.opcode.toString(16)}, which nncase 0.2 does not have; inspect shows the ` +
      'file, or pass the .tflite that it was converted from',
  );
}
