import { SpecError } from '../../errors.ts';
import { tensorBytes, type Graph, type Tensor } from '../../models/graph/graph.ts';

/** A tensor that lives in the arena, from the step that writes it to the last that reads it (both included). */
export interface Lifetime {
  readonly tensor: number;
  readonly bytes: number;
  /** The position of an operator; -1 before the first, where inputs are written, and -2 where nothing ever is. */
  readonly firstStep: number;
  readonly lastStep: number;
  /** Where the file's own plan puts it. */
  readonly givenOffset?: number | undefined;
}

const BEFORE_ALL = -1;
const NEVER = -2;

/** Steps by tensor. */
interface Uses {
  readonly first: number[];
  readonly last: number[];
}

/** When each tensor is written first and used last (micro_allocation_info.cc, MarkAllocationLifetimes). */
function usesOf({ tensors, nodes, inputs, outputs }: Graph): Uses {
  const first = tensors.map(() => NEVER);
  const last = tensors.map(() => NEVER);
  const write = (tensor: number, step: number): void => {
    first[tensor] = step;
    last[tensor] = step;
  };
  for (const tensor of [...inputs, ...outputs]) write(tensor, BEFORE_ALL);
  for (let step = 0; step < nodes.length; step++) {
    for (const tensor of nodes[step].outputs) write(tensor, step);
    for (const tensor of nodes[step].inputs) if (tensor >= 0) last[tensor] = step;
  }
  for (const tensor of outputs) last[tensor] = nodes.length - 1;
  return { first, last };
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
  const { first, last } = usesOf(graph);
  const offsets = givenOffsets(graph);
  const lifetimes: Lifetime[] = [];
  graph.tensors.forEach((info, tensor) => {
    if (!isPlanned(info)) return;
    const bytes = tensorBytes(info);
    const offset = offsets[tensor] ?? -1;
    const givenOffset = offset < 0 ? undefined : offset;
    lifetimes.push({ tensor, bytes, firstStep: first[tensor], lastStep: last[tensor], givenOffset });
  });
  return lifetimes;
}

/** Bytes of the variables, which lie in the arena's other end and are kept from call to call. */
export function variableBytes({ tensors }: Graph): number {
  return tensors.reduce((sum, info) => sum + (info.isVariable === true ? tensorBytes(info) : 0), 0);
}
