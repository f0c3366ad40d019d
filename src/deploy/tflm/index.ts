import { PROGRAM_KERNELS } from '../../boards/accelerators/program-kernels.ts';
import { keepsInterpreter } from '../../boards/settings/openmv-choices.ts';
import { SpecError } from '../../errors.ts';
import type { Board } from '../../boards/board/board.ts';
import type { Work } from '../../kernels/definition/op.ts';
import { firstInput } from '../../models/graph/ends.ts';
import type { DType, Graph } from '../../models/graph/graph.ts';
import { checkDeclaredShapes } from '../declared-shapes.ts';
import { kernelsOf, type DeployOptions } from '../options.ts';
import type { Program, Reason, Step } from '../program.ts';
import { callWork } from './call.ts';
import { operatorSteps } from './operator-steps.ts';
import { requireKernels } from './require-kernels.ts';
import { planTflmMemory } from './tflm-memory.ts';

/**
 * What one net.classify does before the operators, in order, and why
 * (docs/hardware/cortex-m7.md#one-call-of-netclassify).
 */
const BEFORE = runtimeSteps({
  'micropython-call':
    'the interpreter of the script looks up the method, parses its arguments and sets the pins',
  resolver: 'every call registers all operators of TensorFlow Lite Micro anew',
  allocate: 'every call builds a new interpreter, plans its memory and prepares each operator',
  'image-conversion': 'each pixel of the image is scaled to the model and converted to its type',
});
const INVOKE = runtimeSteps({
  invoke: 'the program calls the interpreter, which goes through the operators',
});
const AFTER = runtimeSteps({ 'output-list': 'the outputs become a Python list of floats' });

function runtimeSteps(reasons: Readonly<Record<string, string>>): readonly (readonly [string, Reason])[] {
  return Object.entries(reasons).map(([op, reason]) => [op, { rule: 'tflm/call', reason }]);
}

/** What is not done again where the firmware keeps its interpreter. */
const ONCE: ReadonlySet<string> = new Set(['resolver', 'allocate']);

/** Kernel library of the firmware's own code around the interpreter. */
const FIRMWARE = 'openmv-firmware';
/** The call of a program that keeps its interpreter. */
const CALL = 'invoke';

/**
 * OpenMV's `tf` module: TensorFlow Lite Micro builds an interpreter on every call, converts the image, runs
 * the operators in order on the core, and turns the output into a list.
 * Throws UnsupportedOpError for an operator or type that the runtime has no kernel for.
 */
export function deployTflm(graph: Graph, board: Board, options: DeployOptions = {}): Program {
  const core = board.units.find((unit) => unit.kind === 'core');
  if (!core) throw new SpecError(`board "${board.id}": toolchain tflm needs a unit of kind "core"`);
  const kernels = kernelsOf(board, options);
  requireKernels(graph, board, core.id, kernels);
  checkDeclaredShapes(graph);
  const { plan, weightsMemory, warnings } = planTflmMemory(graph, board, options);
  const memories = { weights: weightsMemory, ...activationMemories(board) };
  const call = callWork(graph);
  const steps: Step[] = [];
  const isClassify = board.runtime.call !== 'invoke';
  for (const [op, placement] of isClassify ? stepsBefore(board) : INVOKE)
    steps.push(runtimeStep(op, core.id, call, memories, placement));
  const placeOf = PROGRAM_KERNELS.placerOf?.(board);
  const operators = operatorSteps(graph, { unit: core.id, kernels, memories, placeOf });
  // One by one: a damaged file can have more operators than a call takes arguments.
  for (const step of operators.steps) steps.push(step);
  for (const [op, placement] of isClassify ? AFTER : [])
    steps.push(runtimeStep(op, core.id, call, memories, placement));
  return {
    toolchain: 'tflm',
    model: graph.name,
    dtype: modelDtype(graph),
    steps,
    memory: plan,
    warnings: [...warnings, ...operators.warnings],
  };
}

function stepsBefore(board: Board): typeof BEFORE {
  return keepsInterpreter(board) ? BEFORE.filter(([op]) => !ONCE.has(op)) : BEFORE;
}

function runtimeStep(
  op: string,
  unit: string,
  work: Work,
  memories: Step['memories'],
  placement: Reason,
): Step {
  return {
    node: null,
    op,
    unit,
    dtype: 'any',
    kernels: op === CALL ? CALL : FIRMWARE,
    work,
    memories,
    placement,
  };
}

function activationMemories({ runtime }: Board): { input: string; output: string } {
  return { input: runtime.placement.activations, output: runtime.placement.activations };
}

function modelDtype(graph: Graph): DType {
  const compute = graph.nodes.find((node) => node.op !== 'QUANTIZE') ?? graph.nodes[0];
  const [operand = -1] = compute?.inputs ?? [];
  return (operand < 0 ? firstInput(graph) : graph.tensors[operand]).dtype;
}
