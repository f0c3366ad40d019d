import type { Board } from '../../boards/board/board.ts';
import { operatorRefusal } from '../../deploy/operator-support.ts';
import { allSubgraphs } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';

/** A board that lacks an operator, and what its toolchain says. */
export interface LackingBoard {
  readonly board: string;
  readonly reason: string;
}

/** The operators of one kind and element type. */
export interface CountedOperator {
  readonly op: string;
  /** Element type of the first input. */
  readonly dtype: string;
  readonly count: number;
  /** Boards whose runtime has each of them. */
  readonly boards: readonly string[];
  readonly lacking: readonly LackingBoard[];
}

/** What `inspect --ops --json` prints. */
export interface OperatorCounts {
  readonly name: string;
  readonly format: string;
  readonly operators: readonly CountedOperator[];
  /** Boards whose runtimes have all operators; the network may still not fit. */
  readonly boards: readonly string[];
}

interface Located {
  readonly graph: Graph;
  readonly node: GraphNode;
}

/** Items by key, keys in the order in which they are met. */
export function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const dtypeOf = ({ graph, node }: Located): string =>
  graph.tensors[node.inputs.find((tensor) => tensor >= 0) ?? node.outputs[0]].dtype;

/** What a board says to the first of the nodes that it does not take. */
function lackOf(nodes: readonly Located[], board: Board): LackingBoard | undefined {
  for (const { graph, node } of nodes) {
    const reason = operatorRefusal(graph, node, board);
    if (reason !== undefined) return { board: board.id, reason };
  }
  return undefined;
}

function countOf(nodes: readonly Located[], boards: readonly Board[]): CountedOperator {
  const lacking = boards.flatMap((board) => lackOf(nodes, board) ?? []);
  const without = new Set(lacking.map(({ board }) => board));
  return {
    op: nodes[0].node.op,
    dtype: dtypeOf(nodes[0]),
    count: nodes.length,
    boards: boards.map(({ id }) => id).filter((id) => !without.has(id)),
    lacking,
  };
}

/** Operators by kind and element type, the most frequent first, those of further subgraphs included; who has them. */
export function countOperators(graph: Graph, boards: readonly Board[]): OperatorCounts {
  const nodes = allSubgraphs(graph).flatMap((one) => one.nodes.map((node) => ({ graph: one, node })));
  const kinds = groupsOf(nodes, (located) => `${located.node.op} ${dtypeOf(located)}`);
  const operators = [...kinds.values()].map((kind) => countOf(kind, boards));
  operators.sort((a, b) => b.count - a.count);
  const has = (id: string): boolean => operators.every((one) => one.boards.includes(id));
  return {
    ...{ name: graph.name, format: graph.format, operators },
    boards: boards.map(({ id }) => id).filter(has),
  };
}
