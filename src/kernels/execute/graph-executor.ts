import { InferscopeError, SpecError, UnsupportedOpError } from '../../errors.ts';
import {
  elementCount,
  type Graph,
  type GraphNode,
  type Tensor,
  type TensorInfo,
} from '../../models/graph/graph.ts';
import { planBuffers } from './buffer-plan.ts';
import { fillInput, type InputValues } from './executor-input.ts';
import { resetVariable, variableTensors } from './variable-tensors.ts';
import { requireWithin, type RunLimits } from './run-limits.ts';
import { NetworkSession, type Runnable } from './session.ts';
import { opFor } from '../index.ts';
import { inferGraph, refuseOp } from './graph-work.ts';
import {
  arrayTypeOf,
  constantData,
  type Kernel,
  type NumericData,
  type TensorData,
} from '../definition/kernel.ts';
import type { Accelerate, Accelerator } from '../definition/accelerator.ts';
import type { Operands } from '../definition/operands.ts';

/** A network that is ready to run. Its outputs are views that the next run overwrites. */
export interface Executor {
  readonly graph: Graph;
  /** Bytes of the buffer that all computed tensors share. */
  readonly bufferBytes: number;
  /**
   * Runs once, with the states that the last run left, and returns the outputs in the graph's order. `afterNode` is called after each node, when its output
   * tensors hold their values: later nodes may reuse their place. Throws a SpecError that names the input at fault.
   */
  run(inputs: readonly InputValues[], afterNode?: (node: number) => void): readonly TensorData[];
  /**
   * Runs `count` times over inputs that lie one behind the other, each with states as before the first run, and returns
   * the outputs in the same way.
   */
  runBatch(inputs: readonly NumericData[], count: number): TensorData[];
  /** Rounds of the loops (WHILE) since the last reset, by the attributes of their nodes; NaN where they differed. */
  readonly loopRounds: ReadonlyMap<object, number>;
  /** Puts the states (variable tensors) back to what they are before the first run. */
  reset(): void;
  /** Elements of a tensor; of a computed one within `afterNode` of the node that wrote it. */
  tensor(index: number): TensorData;
}

interface Step {
  readonly kernel: Kernel;
  readonly inputs: readonly NumericData[];
  readonly outputs: readonly NumericData[];
}

const ABSENT = new Int8Array(0);

/** An error of a kernel with op and index before it; others as they are. */
function withNode({ op }: GraphNode, index: number, error: unknown): unknown {
  if (!(error instanceof InferscopeError)) return error;
  return new UnsupportedOpError(`op ${index} (${op}): ${error.message}`);
}

/** Puts op and index before an error of a kernel's preparation. */
function named<T>(node: GraphNode, index: number, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    throw withNode(node, index, error);
  }
}

/** The graph's tensors, with the values of those that follow from shapes alone. */
function resolveTensors(graph: Graph): TensorInfo[] {
  const inferred = inferGraph(graph);
  return graph.tensors.map((tensor, index) => {
    const data = tensor.data ?? inferred[index].data;
    return data ? { ...tensor, data } : tensor;
  });
}

/** What the kernels of a graph share. */
interface Shared {
  readonly accelerator: Accelerator | undefined;
  readonly session: NetworkSession;
}

function prepareKernel(
  graph: Graph,
  tensors: readonly TensorInfo[],
  index: number,
  { accelerator, session }: Shared,
): Kernel {
  const node = graph.nodes[index];
  const op = opFor(node.op) ?? refuseOp(node, index);
  const { attributes } = node;
  const inputs: Operands = node.inputs.map((tensor) => (tensor < 0 ? undefined : tensors[tensor]));
  const outputs = node.outputs.map((tensor) => graph.tensors[tensor]);
  return named(node, index, () => {
    const fast = accelerator?.prepare(op, attributes, inputs, outputs);
    return fast ?? op.prepare(attributes, inputs, outputs, session);
  });
}

function describe(tensor: Tensor, index: number): string {
  return `tensor ${index} "${tensor.name}"`;
}

/** Elements of every tensor that a node touches: constants as aligned copies, computed ones in the shared buffer. */
function layOut(
  graph: Graph,
  buffer: ArrayBuffer,
  base: number,
  offsets: ReadonlyMap<number, number>,
): Map<number, TensorData> {
  const arrays = new Map<number, TensorData>();
  const used = [
    ...graph.inputs,
    ...graph.outputs,
    ...graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  ];
  for (const index of new Set(used.filter((tensor) => tensor >= 0))) {
    const tensor = graph.tensors[index];
    const offset = offsets.get(index);
    if (offset === undefined) {
      arrays.set(index, constantData(tensor, describe(tensor, index)));
      continue;
    }
    const ArrayOf = arrayTypeOf(tensor, describe(tensor, index));
    arrays.set(index, new ArrayOf(buffer, base + offset, elementCount(tensor.shape)));
  }
  return arrays;
}

/** The buffer of all computed tensors, and where in it they begin. Throws a SpecError where the host has no such memory. */
function reserve(
  { name }: Graph,
  bytes: number,
  accelerator: Accelerator | undefined,
): { buffer: ArrayBuffer; base: number } {
  try {
    const base = accelerator?.reserve(bytes) ?? 0;
    return { base, buffer: accelerator?.buffer ?? new ArrayBuffer(bytes) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SpecError(`${name}: its tensors take ${bytes} bytes at once, more than can be reserved`);
  }
}

/**
 * Plans a network once: shapes are checked, every kernel is prepared, all tensors have their place; running it then
 * allocates nothing. Throws a SpecError or UnsupportedOpError of one line that names op, index and tensor.
 */
export function prepareExecutor(graph: Graph, accelerate: Accelerate, limits?: RunLimits): Executor {
  if (limits) {
    inferGraph(graph);
    requireWithin(graph, limits);
  }
  return createInSession(
    graph,
    accelerate,
    new NetworkSession(graph, (called, session) => routineOf(called, accelerate, session)),
  );
}

/** The executor of a further subgraph, as the nodes that run it see it. */
function routineOf(graph: Graph, accelerate: Accelerate, session: NetworkSession): Runnable {
  const executor = createInSession(graph, accelerate, session);
  return {
    inputs: graph.inputs.map((index) => executor.tensor(index)),
    outputs: graph.outputs.map((index) => executor.tensor(index)),
    run: () => executor.invoke(),
    reset: () => executor.resetOwn(),
  };
}

function createInSession(graph: Graph, accelerate: Accelerate, session: NetworkSession): GraphExecutor {
  const tensors = resolveTensors(graph);
  const accelerator = accelerate();
  const kernels = graph.nodes.map((_, index) =>
    prepareKernel(graph, tensors, index, { accelerator, session }),
  );
  const plan = planBuffers(graph);
  const { buffer, base } = reserve(graph, plan.bytes, accelerator);
  const arrays = layOut(graph, buffer, base, plan.offsets);
  const pick = (index: number) => (index < 0 ? ABSENT : arrays.get(index)!) as NumericData;
  const steps = graph.nodes.map((node, index): Step => ({
    kernel: kernels[index],
    inputs: node.inputs.map(pick),
    outputs: node.outputs.map(pick),
  }));
  return new GraphExecutor(graph, plan.bytes, steps, { arrays, session });
}

class GraphExecutor implements Executor {
  readonly graph: Graph;
  readonly bufferBytes: number;
  readonly #steps: readonly Step[];
  readonly #arrays: ReadonlyMap<number, TensorData>;
  readonly #outputs: readonly TensorData[];
  readonly #variables: ReadonlySet<number>;
  readonly #session: NetworkSession;

  constructor(
    graph: Graph,
    bufferBytes: number,
    steps: readonly Step[],
    { arrays, session }: { arrays: ReadonlyMap<number, TensorData>; session: NetworkSession },
  ) {
    this.graph = graph;
    this.bufferBytes = bufferBytes;
    this.#steps = steps;
    this.#arrays = arrays;
    this.#session = session;
    this.#outputs = graph.outputs.map((index) => this.tensor(index));
    this.#variables = variableTensors(graph);
    this.resetOwn();
  }

  get loopRounds(): ReadonlyMap<object, number> {
    return this.#session.rounds;
  }

  reset(): void {
    this.#session.reset();
    this.resetOwn();
  }

  /** Puts back the states of this graph, not those of the session. */
  resetOwn(): void {
    for (const { kernel } of this.#steps) kernel.reset?.();
    for (const index of this.#variables) resetVariable(this.graph.tensors[index], this.tensor(index));
  }

  run(inputs: readonly InputValues[], afterNode?: (node: number) => void): readonly TensorData[] {
    const { graph } = this;
    this.#requireInputs(inputs.length);
    for (let position = 0; position < inputs.length; position++) {
      const index = graph.inputs[position];
      fillInput(graph.tensors[index], position, this.tensor(index), inputs[position]);
    }
    this.invoke(afterNode);
    return this.#outputs;
  }

  runBatch(inputs: readonly NumericData[], count: number): TensorData[] {
    this.#requireInputs(inputs.length);
    const results = this.#outputs.map((output) => {
      const ArrayOf = output.constructor as new (length: number) => TensorData;
      return new ArrayOf(output.length * count);
    });
    for (let item = 0; item < count; item++) {
      this.reset();
      this.run(
        inputs.map((values) => {
          const length = values.length / count;
          return values.subarray(item * length, (item + 1) * length);
        }),
      );
      results.forEach((result, at) =>
        result.set(this.#outputs[at] as never, item * this.#outputs[at].length),
      );
    }
    return results;
  }

  tensor(index: number): TensorData {
    const array = this.#arrays.get(index);
    if (array === undefined) throw new SpecError(`tensor ${index} is not part of what this network computes`);
    return array;
  }

  #requireInputs(given: number): void {
    const { inputs } = this.graph;
    if (given !== inputs.length) throw new SpecError(`got ${given} inputs, the network has ${inputs.length}`);
  }

  /** Runs all nodes on what the inputs hold. */
  invoke(afterNode?: (node: number) => void): void {
    for (let node = 0; node < this.#steps.length; node++) {
      const { kernel, inputs, outputs } = this.#steps[node];
      try {
        kernel.run(inputs, outputs);
      } catch (error) {
        throw withNode(this.graph.nodes[node], node, error);
      }
      afterNode?.(node);
    }
  }
}
