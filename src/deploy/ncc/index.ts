import type { Board } from '../../boards/board/board.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { checkDeclaredShapes } from '../declared-shapes.ts';
import type { DeployOptions } from '../options.ts';
import type { Program, ToolchainRefusal } from '../program.ts';
import { requireCounterfactual } from './counterfactual.ts';
import { loadedDefects, loadedLayers } from './further-operators.ts';
import { heapCopyBytes, kmodelBytes } from './kmodel-bytes.ts';
import { lowerGraph } from './lower.ts';
import { memoryPlan } from './memory-plan.ts';
import type { NccNetwork } from './ncc-network.ts';
import { planNcc } from './plan.ts';
import { AS_FLOAT, toolchainRefusal } from './refusal.ts';
import { runtimeFacts, type RuntimeFacts } from './runtime-refusal.ts';
import { StepMaker } from './steps.ts';

/**
 * ncc 0.1.0-rc5 and MaixPy's kpu.forward: the network quantized to uint8 with every convolution and Dense that the
 * KPU can run put there, the rest on the core in float32, as one kmodel v3.
 * Throws UnsupportedOpError for an operator that kmodel v3 has no layer for.
 */
export function deployNcc(graph: Graph, board: Board, options: DeployOptions = {}): Program {
  checkDeclaredShapes(graph);
  const network = lowerGraph(graph, { floatFc: options.floatFc ?? false, maxDense: options.maxDense });
  const plan = planNcc(network);
  const { mainBytes, kpuBytes } = plan;
  const refusal = toolchainRefusal(graph, network, plan);
  if (refusal) requireCounterfactual(graph, refusal, board);
  const facts = ranBy(network, board, refusal);
  const bytes = {
    mainBytes,
    kpuBytes,
    flashBytes: kmodelBytes(network).total,
    heapBytes: heapCopyBytes(network),
  };
  const { runtimeRefuses, counterfactual } = facts;
  // Not by spreads, which take longer than all else here; a field that does not hold stays away.
  const program: Omit<Mutable<Program>, 'warnings'> = {
    toolchain: 'ncc',
    model: graph.name,
    dtype: 'uint8',
    steps: new StepMaker(network, graph, board, options).steps(),
    memory: memoryPlan(bytes, board),
  };
  if (runtimeRefuses !== undefined) program.runtimeRefuses = runtimeRefuses;
  if (counterfactual !== undefined) program.counterfactual = counterfactual;
  const warned = program as Mutable<Program>;
  warned.warnings = [
    ...sourceWarnings(graph),
    ...network.warnings,
    ...loadedDefects(network, graph),
    ...facts.warnings,
  ];
  if (refusal !== undefined) warned.toolchainRefuses = refusal;
  return warned;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The runtime of a counterfactual of another converter starts any layer and has a handler for each. */
function ranBy(network: NccNetwork, board: Board, refusal: ToolchainRefusal | undefined): RuntimeFacts {
  if (refusal?.counterfactual === undefined || refusal.counterfactual === AS_FLOAT)
    return runtimeFacts(network, board, loadedLayers());
  return { counterfactual: refusal.counterfactual, warnings: [] };
}

function sourceWarnings(graph: Graph): string[] {
  const isQuantized = graph.tensors.some(({ dtype, quantization }) => dtype !== 'float32' && quantization);
  if (!isQuantized) return [];
  return [
    'ncc 0.1 reads only float32 models and quantizes by itself; predicted for the same network given to it in float32',
  ];
}
