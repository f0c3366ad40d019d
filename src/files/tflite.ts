import { enableOperators } from '../deploy/enable-operators.ts';
import { steadyLoopRounds } from '../kernels/execute/loop-rounds.ts';
import { OPS } from '../kernels/index.ts';
import { registerLoopCounter } from '../kernels/registry.ts';
import { createOpTable, type OpTable } from '../models/formats/tflite/op-table.ts';
import { holdsModel as holds, readTflite as read } from '../models/formats/tflite/read.ts';
import { writeTflite as write } from '../models/formats/tflite/write.ts';
import type { Graph } from '../models/graph/graph.ts';

enableOperators();
// Files may hold loops.
registerLoopCounter(steadyLoopRounds);

let table: OpTable | undefined;
const ops = (): OpTable => (table ??= createOpTable(Object.values(OPS)));

/**
 * The first subgraph of a .tflite file; `name` is what errors call it. Constants are views into `bytes`, at any
 * alignment: keep `bytes` unchanged, and `slice()` a view before laying a wider typed array over it. Takes at most
 * about 8 times the file in memory. Throws a FormatError of one line for whatever a file may hold.
 */
export function readTflite(bytes: Uint8Array, name: string): Graph {
  return read(bytes, name, ops());
}

/** Whether bytes without the format's identifier are a network in it all the same. */
export function holdsModel(bytes: Uint8Array): boolean {
  return holds(bytes, ops());
}

/**
 * The bytes of a .tflite file that holds the graph, as the converter writes it: operator versions, aligned constants, the
 * oldest runtime that can run it. Throws an UnsupportedOpError for an op without known options, a SpecError for a
 * constant without values (a builder spec has none), a FormatError for a damaged graph.
 */
export function writeTflite(graph: Graph): Uint8Array {
  return write(graph, ops());
}
