import { FormatError, SpecError, UnsupportedOpError } from '../../errors.ts';
import { firstInput } from '../../models/graph/ends.ts';
import type { Graph } from '../../models/graph/graph.ts';
import {
  EIGHT_BIT_WEIGHTS,
  OUTPUT_IN_MAIN_MEMORY,
  type KmodelFile,
} from '../../models/formats/kmodel/file.ts';
import { KPU_CONV, type KmodelLayer } from '../../models/formats/kmodel/layers.ts';
import { layOutKmodel } from '../../models/formats/kmodel/write.ts';
import type { ValueRange } from '../../numbers.ts';
import { UNIT_RANGE, type Normalization } from './calibrate-ranges.ts';
import { floatConstant, planarWeights } from './float-constants.ts';
import { convSections } from './conv-sections.ts';
import { fileLayer } from './file-layers.ts';
import { importRefusal, refusalLine } from './importer.ts';
import { converterDefects } from './converter-defects.ts';
import { elementsOf, isWritten, type NccLayer } from './ncc-network.ts';
import { lowerGraph } from './lower.ts';
import { planNcc, type NccPlan } from './plan.ts';
import { toolchainRefusal } from './refusal.ts';
import { quantizeNetwork, tensorOf, type QuantizedNetwork } from './quantized-network.ts';

/** What the converter may be told. */
export interface ConvertOptions {
  /** The converter's --float-fc: every Dense stays on the CPU. */
  readonly floatFc?: boolean;
  /** The converter's --channelwise-output. */
  readonly channelwiseOutput?: boolean;
  /** What the model expects of a byte: [0, 1] where absent. */
  readonly normalization?: Normalization;
  /** Ranges of tensors that are known; the images are for the others, and may be none where all are. */
  readonly ranges?: ReadonlyMap<number, ValueRange>;
}

/** A kmodel as bytes, with what the converter decided on the way. */
export interface ConvertedModel {
  readonly bytes: Uint8Array;
  /** `main_mem_usage`. */
  readonly mainMemoryBytes: number;
  /** Of the first output, in main memory. */
  readonly outputAddress: number;
  readonly plan: NccPlan;
  /** Of each layer in order, padding included. */
  readonly bodyBytes: readonly number[];
  readonly file: KmodelFile;
  readonly warnings: readonly string[];
}

/**
 * Converts a float32 network to a kmodel v3 as ncc 0.1.0-rc5 does: lowering, calibration on images (bytes of the
 * input's shape, H,W,C), quantization, memory plan, file.
 * Throws an UnsupportedOpError for an operator without a layer, a SpecError for a model without values, one that is
 * quantized already, or images that do not fit.
 */
export function convertToKmodel(
  source: Graph,
  calibrationImages: readonly Uint8Array[],
  options: ConvertOptions = {},
): ConvertedModel {
  checkGraph(source);
  const graph = withoutLostActivations(source);
  const { floatFc = false, channelwiseOutput = false, normalization = UNIT_RANGE } = options;
  const unread = importRefusal(graph);
  if (unread) throw new UnsupportedOpError(refusalLine(unread));
  const network = lowerGraph(source, { floatFc });
  const plan = planNcc(network);
  const refusal = toolchainRefusal(graph, network, plan);
  if (refusal) throw new UnsupportedOpError(refusalLine(refusal));
  const given = options.ranges ?? new Map<number, ValueRange>();
  const wanted = { normalization, channelwiseOutput, given };
  const quantized = quantizeNetwork(graph, network, calibrationImages, wanted);
  const layers = network.layers.flatMap((layer, position) =>
    isWritten(layer) ? [writeLayer(quantized, plan, position)] : [],
  );
  const outputs = network.outputs.map((position) => ({
    address: plan.addresses[position].main ?? 0,
    bytes: 4 * elementsOf(network.layers[position].shape),
  }));
  const file: KmodelFile = {
    ...{ flags: EIGHT_BIT_WEIGHTS, arch: 0, outputs, layers },
    ...{ max_start_address: plan.maxStartAddress, main_mem_usage: plan.mainBytes },
  };
  const parts = { mainMemoryBytes: plan.mainBytes, outputAddress: outputs[0].address, plan, file };
  return {
    ...layOutKmodel(file),
    ...parts,
    warnings: [...network.warnings, ...converterDefects(network, graph)],
  };
}

/** The importer drops the activations of sums and concatenations, so its calibration does not see them either. */
function withoutLostActivations(graph: Graph): Graph {
  const nodes = graph.nodes.map((node) =>
    ['ADD', 'CONCATENATION'].includes(node.op)
      ? { ...node, attributes: { ...node.attributes, activation: 'NONE' } }
      : node,
  );
  return { ...graph, nodes };
}

function checkGraph(graph: Graph): void {
  if (graph.inputs.length !== 1) {
    throw new SpecError(`${graph.name}: kmodel v3 takes one input, this model has ${graph.inputs.length}`);
  }
  const { name, dtype } = firstInput(graph);
  if (dtype === 'float32') return;
  throw new SpecError(
    `${graph.name}: input ${name} is ${dtype}, and ncc 0.1 converts float32 models only, which it quantizes by itself`,
  );
}

/** Layers that need the quantization of their inputs, and those that need that of their result. */
const FROM_BYTES: readonly string[] = ['QuantizedAdd', 'Requantize'];
const QUANTIZED: readonly string[] = ['Quantize', 'Dequantize', ...FROM_BYTES];

function writeLayer(quantized: QuantizedNetwork, plan: NccPlan, position: number): KmodelLayer {
  const { graph, network } = quantized;
  const layer = network.layers[position];
  if (layer.type === KPU_CONV) return named(quantized, layer, () => writeConv(quantized, plan, position));
  const { main: outputAddress = 0, line: outputLine = 0 } = plan.addresses[position];
  return fileLayer({
    ...{ graph, layer, outputAddress, outputLine },
    inputs: layer.inputs.map((input) => network.layers[input]),
    inputAddresses: layer.inputs.map((input) => plan.addresses[input].main ?? 0),
    params: QUANTIZED.includes(layer.type) ? quantized.paramsOf(position) : [],
    inputParams: FROM_BYTES.includes(layer.type)
      ? layer.inputs.map((input) => quantized.paramsOf(input)[0])
      : [],
  });
}

/** Puts the operator before what a KPU layer cannot hold. */
function named<T>({ graph }: QuantizedNetwork, { node }: NccLayer, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof SpecError || error instanceof FormatError)) throw error;
    throw new SpecError(`op ${node} (${graph.nodes[node!].op}) on the KPU: ${error.message}`);
  }
}

function writeConv(quantized: QuantizedNetwork, plan: NccPlan, position: number): KmodelLayer {
  const { graph, network } = quantized;
  const { kpu, node: index, inputs } = network.layers[position];
  const node = graph.nodes[index!];
  const slope = leakySlope(quantized, position);
  const [, weights, bias = -1] = node.inputs as [number, number, number?];
  const values = floatConstant(graph, weights, 'its weights');
  const { shape } = graph.tensors[weights];
  const { main, line } = plan.addresses[position];
  const tail = convSections({
    kpu: kpu!,
    inputLine: plan.addresses[inputs[0]].line ?? Infinity,
    outputLine: line ?? Infinity,
    weights: shape.length === 4 ? planarWeights(values, shape, kpu!.depthwise) : values,
    bias: bias < 0 ? new Float32Array(kpu!.outC) : floatConstant(graph, bias, 'its bias'),
    input: quantized.paramsOf(inputs[0])[0],
    outputs: quantized.paramsOf(position),
    ...(slope === undefined ? {} : { leakySlope: slope }),
  });
  const flags = main === undefined ? 0 : OUTPUT_IN_MAIN_MEMORY;
  return { type: KPU_CONV, flags, main_mem_out_address: main ?? 0, tail };
}

/** Slope of the LEAKY_RELU that a KPU layer has taken over. */
function leakySlope({ graph, network }: QuantizedNetwork, position: number): number | undefined {
  const conv = network.layers[position];
  const output = graph.nodes[conv.node!].outputs[0];
  if (tensorOf(network.layers, position) === output) return undefined;
  const reader = graph.nodes.find(({ op, inputs }) => op === 'LEAKY_RELU' && inputs[0] === output);
  return reader && (reader.attributes as { readonly alpha: number }).alpha;
}
