import type { PlaceOf } from '../../boards/accelerators/program-kernels.ts';
import { graphWork } from '../../kernels/execute/graph-work.ts';
import { loopRounds, opFor, type LoopRounds } from '../../kernels/registry.ts';
import type { KernelCall } from '../../kernels/definition/kernel-limits.ts';
import type { DescribedOp, Work } from '../../kernels/definition/op.ts';
import { subgraphOf } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import type { Reason, Step } from '../program.ts';
import { kernelDtype } from './kernel-refusal.ts';
import { callOf } from './require-kernels.ts';
import { shareCounts } from './share-counts.ts';

const ON_CORE: Reason = {
  rule: 'tflm/core',
  reason: 'the board has no accelerator; the core runs every operator',
};

/** Loops whose steps would be more than so many have one round of steps, and no price. */
const MOST_STEPS = 10_000;

/** Where the operators of a network run, and with what. */
export interface OperatorPlace {
  readonly unit: string;
  readonly kernels: string;
  readonly memories: Step['memories'];
  /** What may take operators off that unit. */
  readonly placeOf?: PlaceOf | undefined;
}

/** Steps of a network's operators, and sentences on what was assumed. */
export interface OperatorSteps {
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
}

/**
 * A step for each operator in order; behind one that runs a further subgraph those of the subgraph, under its index. Of the
 * branches of an IF that with more work counts. A WHILE whose rounds do not depend on the data has all its rounds, any
 * other one round and no count of them, so that nothing prices it.
 */
export function operatorSteps(graph: Graph, place: OperatorPlace): OperatorSteps {
  if (graph.subgraphs === undefined) {
    const count = counterFor(graph);
    return {
      steps: graph.nodes.map((node, index) => stepOf(graph, node, index, place, count)),
      warnings: [],
    };
  }
  const listed = new Listing(graph, place);
  graph.nodes.forEach((node, index) => listed.add(graph, node, index));
  return listed;
}

type CountCall = (op: string, call: KernelCall) => Work;

const countCall: CountCall = (op, { attributes, inputs, outputs }) =>
  opFor(op)!.work(attributes, inputs, outputs);

/** Networks up to this length count each operator: a choice, for looking for equal ones costs sweeps a tenth of their time. */
const MANY_NODES = 512;

/** Counts the operators of a network; equal ones of a deep one once. */
function counterFor({ nodes }: Graph): CountCall {
  if (nodes.length <= MANY_NODES) return countCall;
  const counts = new Map<string, DescribedOp['work']>();
  return (op, { attributes, inputs, outputs }) => {
    let count = counts.get(op);
    if (count === undefined) counts.set(op, (count = shareCounts((...call) => opFor(op)!.work(...call))));
    return count(attributes, inputs, outputs);
  };
}

function stepOf(
  graph: Graph,
  node: GraphNode,
  index: number,
  { unit, kernels, memories, placeOf }: OperatorPlace,
  count = countCall,
): Step {
  const call = callOf(graph, node);
  const work = count(node.op, call);
  const dtype = kernelDtype(node.op, call) ?? 'any';
  const step: Step = { node: index, op: node.op, unit, dtype, kernels, work, memories, placement: ON_CORE };
  return placeOf ? Object.assign(step, placeOf(node.op, call)) : step;
}

class Listing implements OperatorSteps {
  readonly steps: Step[] = [];
  readonly warnings: string[] = [];
  readonly #graph: Graph;
  readonly #place: OperatorPlace;
  readonly #rounds: LoopRounds;

  constructor(graph: Graph, place: OperatorPlace) {
    this.#graph = graph;
    this.#place = place;
    this.#rounds = loopRounds(graph);
  }

  add(within: Graph, node: GraphNode, index: number): void {
    const called = (node.calls ?? []).flatMap((number) => subgraphOf(this.#graph, number) ?? []);
    const runs = opFor(node.op)?.runs;
    const rounds = runs === 'rounds' ? this.#roundsOf(node, called) : undefined;
    this.#push(within, node, index, rounds);
    if (runs === 'one') this.#addAll(this.#longer(called, index), index);
    else if (rounds === undefined) for (const graph of called) this.#addAll(graph, index);
    else this.#addRounds(called, rounds, index);
  }

  #push(within: Graph, node: GraphNode, index: number, rounds: number | undefined): void {
    const step = stepOf(within, node, index, this.#place);
    const { work } = step;
    const counted: Work = rounds === undefined ? work : { ...work, counts: { ...work.counts, rounds } };
    this.steps.push({ ...step, work: counted });
  }

  #addAll(graph: Graph | undefined, index: number): void {
    for (const node of graph?.nodes ?? []) this.add(graph!, node, index);
  }

  /** The condition once more than the body. */
  #addRounds([condition, body]: readonly Graph[], rounds: number, index: number): void {
    this.warnings.push(
      `op ${index}: ${rounds} rounds, as it took on inputs of zeros, of ones and on drawn ones`,
    );
    for (let round = 0; round < rounds; round++) {
      this.#addAll(condition, index);
      this.#addAll(body, index);
    }
    this.#addAll(condition, index);
  }

  #roundsOf(node: GraphNode, called: readonly Graph[]): number | undefined {
    const rounds = this.#rounds.get(node.attributes);
    const perRound = called.reduce((sum, { nodes }) => sum + nodes.length, 0);
    return rounds === undefined || rounds * perRound > MOST_STEPS ? undefined : rounds;
  }

  #longer(called: readonly Graph[], index: number): Graph | undefined {
    const [first] = called;
    const longest = called.reduce((best, one) => (workOf(one) > workOf(best) ? one : best), first);
    const number = this.#graph.subgraphs!.indexOf(longest) + 1;
    this.warnings.push(
      `op ${index}: which branch runs depends on the data; predicted with the longer one, subgraph ${number}`,
    );
    return longest;
  }
}

/** By which branches are compared: multiply-accumulates, and bytes that are moved. */
function workOf(graph: Graph): number {
  const { nodes } = graphWork(graph);
  return nodes.reduce((sum, { work }) => sum + 2 * work.macs + work.loadBytes + work.storeBytes, 0);
}
