import type { Board } from '../../boards/board.ts';
import type { Graph } from '../../models/graph.ts';
import type { DeployOptions } from '../options.ts';
import type { MemoryPart, MemoryPlan, Program } from '../program.ts';
import { heapCopyBytes, kmodelBytes } from './kmodel-bytes.ts';
import { lowerGraph, type LoweredNetwork } from './lower.ts';
import { planNcc } from './plan.ts';
import { StepMaker } from './steps.ts';

/**
 * First layers with which the SDK's kpu_run_kmodel starts a model; it answers -1 to any other. A float convolution is
 * nncase 0.2's, whose runtime starts any.
 */
const STARTING_LAYERS = ['K210Conv', 'FullyConnected', 'FloatConv2d'];

/**
 * ncc 0.1.0-rc5 and MaixPy's kpu.forward: the network quantized to uint8 with every convolution and Dense that the
 * KPU can run put there, the rest on the core in float32, as one kmodel v3.
 * Throws UnsupportedOpError for an operator that kmodel v3 has no layer for.
 */
export function deployNcc(graph: Graph, board: Board, options: DeployOptions = {}): Program {
  const network = lowerGraph(graph, { floatFc: options.floatFc ?? false });
  return {
    toolchain: 'ncc',
    model: graph.name,
    dtype: 'uint8',
    steps: new StepMaker(network, graph, board, options).steps(),
    memory: memoryPlan(network, board),
    warnings: [...sourceWarnings(graph), ...network.warnings, ...startWarnings(network)],
  };
}

function memoryPlan(network: LoweredNetwork, { runtime }: Board): MemoryPlan {
  const { mainBytes, kpuBytes } = planNcc(network);
  const flashBytes = kmodelBytes(network).total;
  const { activations, weights, maps, model } = runtime.placement;
  const parts: MemoryPart[] = [
    { name: 'kmodel in flash', memory: model!, bytes: flashBytes },
    { name: 'kmodel, loaded', memory: weights!, bytes: flashBytes },
    { name: 'main memory of the kmodel', memory: activations!, bytes: mainBytes },
    { name: 'copy of the Dense weights on the heap', memory: activations!, bytes: heapCopyBytes(network) },
    { name: 'feature maps of the KPU', memory: maps!, bytes: kpuBytes },
  ];
  const ramBytes = parts.slice(1).reduce((sum, part) => sum + part.bytes, 0);
  return { flashBytes, ramBytes, parts: parts.filter((part) => part.bytes > 0) };
}

function sourceWarnings(graph: Graph): string[] {
  const isQuantized = graph.tensors.some(({ dtype, quantization }) => dtype !== 'float32' && quantization);
  if (!isQuantized) return [];
  return [
    'ncc 0.1 reads only float32 models and quantizes by itself; predicted for the same network given to it in float32',
  ];
}

function startWarnings({ layers }: LoweredNetwork): string[] {
  const first = layers.find((layer) => layer.type !== 'Input');
  if (!first || STARTING_LAYERS.includes(first.type)) return [];
  return [
    `the first layer is ${first.type}, and the SDK's runtime starts only models whose first layer is K210Conv or ` +
      'FullyConnected; convert with --float-fc, or put a convolution first',
  ];
}
