import { SpecError } from '../../errors.ts';
import { subgraphOf } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import type { DescribedOp } from '../definition/op.ts';

/**
 * Throws a SpecError where a node gives the subgraphs that it runs other numbers of tensors than they take, or they give
 * others back (if.cc and while.cc, Prepare). `root` is the network whose file holds the subgraphs.
 */
export function checkCalls({ runs }: DescribedOp, node: GraphNode, index: number, root: Graph): void {
  if (runs === undefined || runs === 'all') return;
  const given = node.inputs.length - (runs === 'one' ? 1 : 0);
  (node.calls ?? []).forEach((number, position) => {
    const called = subgraphOf(root, number);
    if (called === undefined) return;
    const where = `op ${index} (${node.op}): subgraph ${number}`;
    if (called.inputs.length !== given) {
      throw new SpecError(`${where} takes ${called.inputs.length} tensors, it is given ${given}`);
    }
    const isCondition = runs === 'rounds' && position === 0;
    const wanted = isCondition ? 1 : node.outputs.length;
    if (called.outputs.length === wanted) return;
    throw new SpecError(`${where} gives ${called.outputs.length} tensors, the operator ${wanted}`);
  });
}
