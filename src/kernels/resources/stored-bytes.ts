import { allSubgraphs } from '../../models/graph/called-subgraphs.ts';
import { tensorBytes, type Graph } from '../../models/graph/graph.ts';

const NONE: ReadonlySet<number> = new Set();
/** Name of what is assigned to no handle of its subgraph; no JSON is empty. */
const NO_HANDLE = '';

/** Tensors of which the kernel says where they lie: the handles of state variables (var_handle.cc). */
export function handleTensors({ nodes }: Graph): ReadonlySet<number> {
  let handles: Set<number> | undefined;
  for (const { op, outputs } of nodes) if (op === 'VAR_HANDLE') (handles ??= new Set()).add(outputs[0]);
  return handles ?? NONE;
}

/** Bytes of all state variables of a network, each as its first ASSIGN_VARIABLE has it. */
export function storedBytes(graph: Graph): number {
  if (!allSubgraphs(graph).some(assigns)) return 0;
  const stored = new Map<string, number>();
  for (const one of allSubgraphs(graph)) noteVariables(one, stored);
  let sum = 0;
  for (const bytes of stored.values()) sum += bytes;
  return sum;
}

function assigns({ nodes }: Graph): boolean {
  return nodes.some(({ op }) => op === 'ASSIGN_VARIABLE');
}

function noteVariables({ nodes, tensors }: Graph, stored: Map<string, number>): void {
  /** The first handle that makes a tensor counts, as where a file holds a second one. */
  const names = new Map<number, string>();
  for (const { op, outputs, attributes } of nodes) {
    if (op !== 'VAR_HANDLE' || names.has(outputs[0])) continue;
    names.set(outputs[0], JSON.stringify(attributes));
  }
  for (const { op, inputs } of nodes) {
    if (op !== 'ASSIGN_VARIABLE') continue;
    const name = names.get(inputs[0]) ?? NO_HANDLE;
    if (!stored.has(name)) stored.set(name, tensorBytes(tensors[inputs[1]]));
  }
}
