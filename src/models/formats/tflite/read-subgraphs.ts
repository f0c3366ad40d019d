import { FormatError } from '../../../errors.ts';
import { checkGraph } from '../../graph/check-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { checkUsedTensor, note, type ReadContext } from './read-tensors.ts';
import type { SubGraph } from './schema/schema.ts';

type ReadOne = (context: ReadContext, subgraph: SubGraph, name: string) => Graph;

/** Throws a FormatError for a graph that cannot be run from its first node to its last. */
export function checkWhole(graph: Graph): void {
  checkGraph(graph);
  checkUsedTensors(graph);
}

/** Throws a FormatError for a tensor that a node reads or writes and that cannot be planned. */
function checkUsedTensors({ name, tensors, nodes, inputs, outputs }: Graph): void {
  const used = new Set([...inputs, ...outputs]);
  for (const node of nodes) for (const tensor of [...node.inputs, ...node.outputs]) used.add(tensor);
  for (const tensor of used) if (tensor >= 0) checkUsedTensor(name, tensors[tensor], tensor);
}

/**
 * Further subgraphs by number less 1; undefined for one that no operator runs and that is not whole. Throws a FormatError
 * for one that an operator runs and that is missing or not whole, and for subgraphs that run each other in a circle.
 */
export function readSubgraphs(context: ReadContext, main: Graph, readOne: ReadOne): (Graph | undefined)[] {
  const { file, model } = context;
  const count = model.subgraphsLength();
  const subgraphs: (Graph | undefined)[] = new Array<undefined>(Math.max(count - 1, 0)).fill(undefined);
  const read = (number: number): Graph => {
    const one = readOne(context, model.subgraphs(number)!, `${file} subgraph ${number}`);
    checkWhole(one);
    subgraphs[number - 1] = one;
    return one;
  };
  readCalled(main, subgraphs, read);
  for (let number = 1; number < count; number++) {
    if (subgraphs[number - 1]) continue;
    try {
      read(number);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      note(context, `subgraph ${number}, which no operator runs, is not read`);
    }
  }
  return subgraphs;
}

/** Reads what the network runs, and what that runs. */
function readCalled(
  main: Graph,
  subgraphs: readonly (Graph | undefined)[],
  read: (number: number) => Graph,
): void {
  const open = new Set<number>();
  const follow = (graph: Graph): void => {
    graph.nodes.forEach(({ op, calls = [] }, index) => {
      for (const number of calls) {
        const where = `${graph.name}: op ${index} (${op}) runs subgraph ${number}`;
        if (number < 1 || number > subgraphs.length) {
          throw new FormatError(`${where} of ${subgraphs.length + 1}; it needs to be one behind the first`);
        }
        if (open.has(number)) throw new FormatError(`${where}, which runs itself so; no interpreter ends it`);
        if (subgraphs[number - 1]) continue;
        open.add(number);
        follow(read(number));
        open.delete(number);
      }
    });
  };
  follow(main);
}
