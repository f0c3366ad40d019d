import { SpecError } from '../../errors.ts';
import { handleTensors, storedBytes } from '../../kernels/resources/stored-bytes.ts';
import { allSubgraphs } from '../../models/graph/called-subgraphs.ts';
import { tensorBytes, type Graph, type Tensor } from '../../models/graph/graph.ts';
import { stepsOf, usesOf, type Uses } from './arena-steps.ts';

/** A tensor of the network, or of a subgraph that it runs, that lives in the arena, from the step that writes it to the last that reads it (both included). */
export interface Lifetime {
  readonly tensor: number;
  /** The subgraph whose tensor it is; the network itself where absent. */
  readonly subgraph?: Graph;
  readonly bytes: number;
  /** The position of an operator, those of the subgraphs counted where they are run; -1 before the first, where inputs are written, and -2 where nothing ever is. */
  readonly firstStep: number;
  readonly lastStep: number;
  /** Where the file's own plan puts it. */
  readonly givenOffset?: number | undefined;
}

/** Whether a tensor has its place in the planned part of the arena: a variable is kept apart, a constant in the file. */
const isPlanned = ({ data, isConstant, isVariable }: Tensor): boolean =>
  data === undefined && isConstant !== true && isVariable !== true;

/** The file's own offsets by tensor. Throws a SpecError for a plan of another network, which no interpreter loads. */
function givenOffsets({ name, arenaOffsets }: Graph): readonly number[] {
  if (arenaOffsets === undefined) return [];
  const { offsets, tensors } = arenaOffsets;
  if (offsets.length === tensors) return offsets;
  throw new SpecError(
    `${name}: its metadata OfflineMemoryAllocation places ${offsets.length} tensors, the file has ${tensors}, ` +
      'so TensorFlow Lite Micro does not load it; plan the memory again, or remove the metadata',
  );
}

/**
 * Lifetimes of all tensors that have a place in the planned arena, in order of their index, as TensorFlow Lite Micro's
 * allocator records them. Inputs are written before the first operator, outputs live to the last; a tensor that no
 * operator writes takes its bytes all the same. Bytes are not yet aligned. Throws a SpecError where the file brings a plan
 * that is not its own.
 */
export function tensorLifetimes(graph: Graph): Lifetime[] {
  const offsets = givenOffsets(graph);
  if (graph.subgraphs === undefined) return lifetimesOf(graph, usesOf(graph), offsets);
  const { uses } = stepsOf(graph);
  return allSubgraphs(graph).flatMap((one) => {
    const lifetimes = lifetimesOf(one, uses.get(one)!, offsets);
    return one === graph ? lifetimes : lifetimes.map((lifetime) => ({ ...lifetime, subgraph: one }));
  });
}

function lifetimesOf(graph: Graph, { first, last }: Uses, offsets: readonly number[]): Lifetime[] {
  const handles = handleTensors(graph);
  const lifetimes: Lifetime[] = [];
  for (let tensor = 0; tensor < graph.tensors.length; tensor++) {
    const info = graph.tensors[tensor];
    if (!isPlanned(info) || handles.has(tensor)) continue;
    const bytes = tensorBytes(info);
    const offset = offsets[tensor] ?? -1;
    const givenOffset = offset < 0 ? undefined : offset;
    lifetimes.push({ tensor, bytes, firstStep: first[tensor], lastStep: last[tensor], givenOffset });
  }
  return lifetimes;
}

/** Bytes of the variables, which lie in the arena's other end and are kept from call to call. */
export function variableBytes(graph: Graph): number {
  let sum = storedBytes(graph);
  for (const { tensors } of allSubgraphs(graph)) {
    for (const info of tensors) if (info.isVariable) sum += tensorBytes(info);
  }
  return sum;
}
