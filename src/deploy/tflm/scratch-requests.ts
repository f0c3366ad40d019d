import type { ScratchCall, ScratchRule, TflmSupport } from '../../kernels/definition/tflm.ts';
import { opFor } from '../../kernels/registry.ts';
import { allSubgraphs } from '../../models/graph/called-subgraphs.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';

/** A buffer that a kernel asks for in its Prepare; it lives for its own node only. */
export interface ScratchRequest {
  readonly node: number;
  /** The subgraph whose node it is; the network itself where absent. */
  readonly subgraph?: Graph;
  readonly bytes: number;
}

type RuleOf = (tflm: TflmSupport) => ScratchRule | undefined;

const LIBRARIES: readonly { readonly prefix: string; readonly ruleOf: RuleOf }[] = [
  { prefix: 'tflm-reference', ruleOf: ({ scratch }) => scratch },
  { prefix: 'cmsis-nn', ruleOf: ({ scratch, cmsisScratch = scratch }) => cmsisScratch },
];

/** Scratch buffers of a kernel library in the order of the nodes; undefined where the library's sources are not known. */
export function scratchRequests(graph: Graph, kernels: string): ScratchRequest[] | undefined {
  const library = LIBRARIES.find(({ prefix }) => kernels.startsWith(prefix));
  if (!library) return undefined;
  if (graph.subgraphs === undefined) return requestsOf(graph, library.ruleOf);
  return allSubgraphs(graph).flatMap((one) =>
    requestsOf(one, library.ruleOf).map((request) =>
      one === graph ? request : { ...request, subgraph: one },
    ),
  );
}

function requestsOf(graph: Graph, ruleOf: RuleOf): ScratchRequest[] {
  return graph.nodes.flatMap((node, index) => {
    const rule = ruleOf(opFor(node.op)?.tflm ?? {});
    const asked = rule ? rule(callOf(graph, node)) : [];
    const buffers = typeof asked === 'number' ? [asked] : asked;
    return buffers.filter((bytes) => bytes > 0).map((bytes) => ({ node: index, bytes }));
  });
}

function callOf({ tensors }: Graph, { inputs, outputs, attributes }: GraphNode): ScratchCall {
  return {
    inputs: inputs.map((tensor) => (tensor < 0 ? undefined : tensors[tensor])),
    output: tensors[outputs[0]],
    attributes,
  };
}
