import type { MemoryBlock } from '../../deploy/program.ts';
import { networkMacs } from '../../deploy/model-facts.ts';
import { traceKmodel } from '../../deploy/ncc/kmodel-network.ts';
import { mapsBlocks } from '../../deploy/ncc/ncc-timeline.ts';
import type { MapShape } from '../../deploy/ncc/ncc-network.ts';
import { takesBytes, type TracedNetwork } from '../../deploy/ncc/trace-network.ts';
import { KPU_CONV, type KmodelLayer } from '../../models/formats/kmodel/layers.ts';
import type { LayerWords } from '../../models/formats/kmodel/fields.ts';
import type { V4Node } from '../../models/formats/kmodel/read-v4.ts';
import { layOutKmodel } from '../../models/formats/kmodel/write.ts';
import type { KmodelModel, KmodelV3Model, KmodelV4Model } from '../../models/formats/kmodel/kmodel-model.ts';
import type { InspectedOp, Inspection } from './inspection.ts';

/** A layer of the file; addresses in bytes of main memory, lines of KPU memory. */
export interface InspectedLayer extends InspectedOp {
  readonly bodyBytes: number;
  readonly mainAddress?: number;
  readonly line?: number;
  /** The words that the KPU is given, by word and field. */
  readonly registers?: LayerWords;
}

/** What `inspect --json` prints of a kmodel. */
export interface KmodelInspection extends Inspection {
  readonly ops: readonly InspectedLayer[];
  readonly mainMemoryBytes: number;
  /** Most bytes of KPU memory that maps hold at one moment. */
  readonly kpuBytes: number;
  /** What lies in KPU memory when; step 0 is the input, step i layer i - 1. */
  readonly kpuMaps: readonly MemoryBlock[];
  readonly steps: readonly string[];
}

const nhwc = ({ h, w, c }: MapShape): number[] => [1, h, w, c];

/** Layers, addresses and bytes of a kmodel. Throws what `traceKmodel` throws for version 3. */
export function inspectKmodel(model: KmodelModel, registers: boolean): KmodelInspection {
  return model.version === 3 ? inspectV3(model, registers) : inspectV4(model, registers);
}

function inspectV3(model: KmodelV3Model, registers: boolean): KmodelInspection {
  const { file, name, fileBytes } = model;
  const traced = traceKmodel(model);
  const { bodyBytes } = layOutKmodel(file);
  const ops = file.layers.map((layer, index) => ({
    ...opOf(traced, layer, index),
    bodyBytes: bodyBytes[index],
    ...(registers && layer.type === KPU_CONV ? { registers: layer.tail.words } : {}),
  }));
  const [input] = traced.layers;
  return {
    ...{ name, format: 'kmodel v3', fileBytes, ops, totals: totalsOf(ops, fileBytes) },
    inputs: [{ name: 'input', shape: nhwc(input.shape), dtype: takesBytes(traced) ? 'uint8' : 'float32' }],
    outputs: file.outputs.map(({ bytes }, index) => ({
      ...{ name: `output ${index}`, shape: [bytes / 4], dtype: 'float32' },
    })),
    mainMemoryBytes: file.main_mem_usage,
    kpuBytes: traced.plan.kpuBytes,
    kpuMaps: mapsBlocks(traced),
    steps: traced.layers.map(({ type }) => type),
  };
}

function opOf(
  { layers, plan }: TracedNetwork,
  layer: KmodelLayer,
  index: number,
): Omit<InspectedLayer, 'bodyBytes'> {
  const traced = layers[index + 1];
  const { main, line } = plan.addresses[index + 1];
  const source = layers[traced.inputs[0] ?? 0];
  return {
    ...{ index, op: layer.type, shapeIn: nhwc(source.shape), shapeOut: nhwc(traced.shape) },
    ...{ macs: networkMacs(traced, layers), parameters: parametersOf(layer) },
    ...(main === undefined ? {} : { mainAddress: main }),
    ...(line === undefined ? {} : { line }),
  };
}

/** Weights, and a bias (in a KPU layer: a word of batch norm) for each output channel. */
function parametersOf(layer: KmodelLayer): number {
  if (layer.type === 'FullyConnected') return layer.tail.weights.length + layer.tail.bias.length;
  if (layer.type !== KPU_CONV) return 0;
  return layer.tail.weights.length + layer.tail.batchNorm.length;
}

function totalsOf(ops: readonly InspectedOp[], bytes: number): Inspection['totals'] {
  const sum = (key: 'macs' | 'parameters') => ops.reduce((total, op) => total + op[key], 0);
  return { macs: sum('macs'), parameters: sum('parameters'), bytes };
}

function inspectV4({ file, name, fileBytes }: KmodelV4Model, registers: boolean): KmodelInspection {
  const ops = file.nodes.map((node, index) => v4Op(node, index, registers));
  return {
    ...{ name, format: 'kmodel v4', fileBytes, ops, totals: totalsOf(ops, fileBytes) },
    inputs: file.inputs.map(({ shape, dtype }, index) => ({ name: `input ${index}`, shape, dtype })),
    outputs: file.outputs.map(({ bytes, dtype }, index) => ({
      ...{ name: `output ${index}`, shape: [dtype === 'uint8' ? bytes : bytes / 4], dtype },
    })),
    ...{
      mainMemoryBytes: file.mainBytes,
      kpuBytes: 0,
      kpuMaps: [],
      steps: file.nodes.map((node) => node.name),
    },
  };
}

/** Shapes of a version 4 stand in NCHW. */
function v4Op(
  { name, bodyBytes, shapes, ranges, conv }: V4Node,
  index: number,
  registers: boolean,
): InspectedLayer {
  const base = { index, op: name, bodyBytes, macs: 0, parameters: 0 };
  if (!conv) {
    const shapeIn = shapes.in_shape ?? shapes.in_a_shape ?? [];
    const main = ranges.output?.memory === 'main' ? { mainAddress: ranges.output.start } : {};
    return { ...base, shapeIn, shapeOut: shapes.out_shape ?? [], ...main };
  }
  const { inC, inH, inW, outC, outH, outW, kernel, depthwise, weightBytes, words } = conv;
  return {
    ...base,
    ...{ shapeIn: [1, inC, inH, inW], shapeOut: [1, outC, outH, outW] },
    macs: inH * inW * outC * kernel * kernel * (depthwise ? 1 : inC),
    parameters: weightBytes + outC,
    line: words.image_addr.image_dst_addr,
    ...(registers ? { registers: words } : {}),
  };
}
