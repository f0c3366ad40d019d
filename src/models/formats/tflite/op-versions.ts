import type { DType, GraphNode, Tensor } from '../../graph/graph.ts';

/** A node with its operands, by which the format numbers its version; an absent optional input is undefined. */
export interface Site {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
}

/**
 * Versions that a converter gives an operator, and the runtime that a version needs.
 * Source: TensorFlow, lite/tools/versioning/op_version.cc and runtime_version.cc. Grade: documented.
 */
export interface VersionRow {
  /** Runtime that first knew version 1, 2, 3, ... */
  readonly runtimes: string;
  /** Version by type of the operand at `operand` (0); 1 for a type that is not listed. */
  readonly types?: Partial<Record<DType, number>>;
  readonly operand?: number;
  /** Comes before `types`; undefined leaves the choice to them. */
  rule?(site: Site): number | undefined;
}

/** Version of an operator that a node needs, from 1 up. */
export function operatorVersion(row: VersionRow, node: GraphNode, tensors: readonly Tensor[]): number {
  const site: Site = {
    attributes: node.attributes as Record<string, unknown>,
    inputs: node.inputs.map((index): Tensor | undefined => tensors[index]),
    outputs: node.outputs.map((index) => tensors[index]),
  };
  const dtype = site.inputs[row.operand ?? 0]?.dtype;
  return row.rule?.(site) ?? (dtype && row.types?.[dtype]) ?? 1;
}

/** First runtime that knows a version of an operator, such as "1.14.0"; undefined where the list does not say. */
export function firstRuntime(row: VersionRow, version: number): string | undefined {
  return row.runtimes.split(' ')[version - 1];
}

/** Order of two runtimes, as sort wants it. */
export function compareRuntimes(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number));
  const part = x.findIndex((value, index) => value !== y[index]);
  return part === -1 ? 0 : x[part] - y[part];
}
