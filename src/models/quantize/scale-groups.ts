import { SpecError } from '../../errors.ts';
import type { Graph, Quantization } from '../graph/graph.ts';
import { quote } from '../graph/quote.ts';
import type { QuantizedOps } from './op-quantization.ts';

/** Float tensors that must share scale and zero point. */
export interface ScaleGroups {
  /** Number of the group of a tensor: the first tensor in it. */
  groupOf(tensor: number): number;
  /** Parameters that an operator demands of a group. */
  readonly fixed: ReadonlyMap<number, Quantization>;
}

/** Throws a SpecError where operators demand different parameters of one group. */
export function groupByScale(graph: Graph, ops: QuantizedOps): ScaleGroups {
  const parents = graph.tensors.map((_, index) => index);
  const groupOf = (tensor: number): number => {
    while (parents[tensor] !== tensor) tensor = parents[tensor];
    return tensor;
  };
  const isFloat = (tensor: number) => graph.tensors[tensor]?.dtype === 'float32';
  for (const { op, inputs, outputs } of graph.nodes) {
    if (!ops(op)?.quantization?.sameScale) continue;
    const members = [...inputs, ...outputs].filter(isFloat).map(groupOf);
    const first = Math.min(...members);
    for (const member of members) parents[groupOf(member)] = groupOf(first);
  }
  return { groupOf, fixed: fixedParameters(graph, ops, groupOf) };
}

function fixedParameters(
  graph: Graph,
  ops: QuantizedOps,
  groupOf: (tensor: number) => number,
): Map<number, Quantization> {
  const fixed = new Map<number, Quantization>();
  graph.nodes.forEach(({ op, outputs }, index) => {
    const wanted = ops(op)?.quantization?.output;
    if (!wanted) return;
    const group = groupOf(outputs[0]);
    const found = fixed.get(group);
    if (found && found !== wanted) {
      throw new SpecError(
        `${graph.name}: op ${index} (${op}): tensor ${quote(graph.tensors[outputs[0]].name)} shares its scale with another function's output; keep them apart`,
      );
    }
    fixed.set(group, wanted);
  });
  return fixed;
}
