import { UnsupportedOpError } from '../../errors.ts';
import { graphWork } from '../../kernels/execute/graph-work.ts';
import { opFor } from '../../kernels/index.ts';
import { calledSubgraphs, subgraphOf } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import type { Reason, Step } from '../program.ts';
import { kernelDtype } from './kernel-refusal.ts';
import { callOf } from './require-kernels.ts';

const ON_CORE: Reason = {
  rule: 'tflm/core',
  reason: 'the board has no accelerator; the core runs every operator',
};

/** Where the operators of a network run, and with what. */
export interface OperatorPlace {
  readonly unit: string;
  readonly kernels: string;
  readonly memories: Step['memories'];
}

/** Steps of a network's operators, and sentences on what was assumed. */
export interface OperatorSteps {
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
}

/**
 * A step for each operator in order; behind one that runs a further subgraph those of the subgraph, under its index. Of the
 * branches of an IF that with more work counts. Throws an UnsupportedOpError for a WHILE, whose rounds nobody knows.
 */
export function operatorSteps(graph: Graph, place: OperatorPlace): OperatorSteps {
  const [steps, warnings]: [Step[], string[]] = [[], []];
  const add = (within: Graph, node: GraphNode, index: number): void => {
    steps.push(stepOf(within, node, index, place));
    const called = branchOf(graph, node, index);
    if (called === undefined) return;
    if (called.warning !== undefined) warnings.push(called.warning);
    for (const inner of called.graph.nodes) add(called.graph, inner, index);
  };
  graph.nodes.forEach((node, index) => add(graph, node, index));
  return { steps, warnings };
}

function stepOf(graph: Graph, node: GraphNode, index: number, place: OperatorPlace): Step {
  const call = callOf(graph, node);
  return {
    ...place,
    node: index,
    op: node.op,
    dtype: kernelDtype(node.op, call) ?? 'any',
    work: opFor(node.op)!.work(node.attributes, call.inputs, call.outputs),
    placement: ON_CORE,
  };
}

interface Branch {
  readonly graph: Graph;
  readonly warning?: string;
}

/** The subgraph that counts for a node; undefined for a node that runs none. */
function branchOf(root: Graph, node: GraphNode, index: number): Branch | undefined {
  const called = calledSubgraphs(node).flatMap((number) => {
    const graph = subgraphOf(root, number);
    return graph ? [{ number, graph }] : [];
  });
  if (called.length === 0) return undefined;
  if (node.op === 'WHILE') refuseLoop(index);
  const [first] = called;
  const longest = called.reduce((best, one) => (workOf(one.graph) > workOf(best.graph) ? one : best), first);
  if (called.length === 1) return { graph: longest.graph };
  const warning =
    `op ${index} (${node.op}): which branch runs depends on the data; ` +
    `predicted with the longer one, subgraph ${longest.number}`;
  return { graph: longest.graph, warning };
}

function refuseLoop(index: number): never {
  throw new UnsupportedOpError(
    `op ${index} (WHILE): how often its body runs is known only when it runs, so it has no latency; ` +
      'unroll the loop when the model is converted (Keras: unroll=True)',
  );
}

/** By which branches are compared: multiply-accumulates, and bytes that are moved. */
function workOf(graph: Graph): number {
  const { nodes } = graphWork(graph);
  return nodes.reduce((sum, { work }) => sum + 2 * work.macs + work.loadBytes + work.storeBytes, 0);
}
