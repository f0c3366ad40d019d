import type { Builder, Offset } from 'flatbuffers';
import { UnsupportedOpError } from '../../../errors.ts';
import type { Graph, GraphNode } from '../../graph/graph.ts';
import { quote } from '../../graph/quote.ts';
import type { OpRow, OpTable } from './op-table.ts';
import { addOptions, writeCustomOptions, writeOptions } from './op-options.ts';
import { compareRuntimes, firstRuntime, operatorVersion } from './op-versions.ts';
import * as schema from './schema/schema.ts';
import type { SharedVectors } from './shared-vectors.ts';

const MAX_DEPRECATED_CODE = 127;

interface OpKind {
  readonly row: OpRow;
  readonly version: number;
}

/** Offsets of a graph's operators and their codes, and the runtime that the newest of them needs. */
export interface WrittenNodes {
  readonly codes: readonly Offset[];
  readonly operators: readonly Offset[];
  readonly runtime: string;
}

/** Writes all operators; one code for each kind and version. Throws an UnsupportedOpError naming op and index. */
export function writeNodes(b: Builder, vectors: SharedVectors, graph: Graph, ops: OpTable): WrittenNodes {
  const kinds: OpKind[] = [];
  const operators = graph.nodes.map((node, index) => {
    const row = rowOf(ops, graph, node, index);
    return writeOperator(
      b,
      vectors,
      node,
      row,
      indexOfKind(kinds, { row, version: operatorVersion(row.versions, node, graph.tensors) }),
    );
  });
  const codes = kinds.map(({ row, version }) => writeCode(b, row, version));
  return { codes, operators, runtime: newestRuntime(kinds) };
}

function writeCode(b: Builder, { code, custom }: OpRow, version: number): Offset {
  const { OperatorCode } = schema;
  const name = custom === undefined ? 0 : b.createString(custom);
  OperatorCode.startOperatorCode(b);
  if (name) OperatorCode.addCustomCode(b, name);
  OperatorCode.addVersion(b, version);
  OperatorCode.addBuiltinCode(b, code);
  OperatorCode.addDeprecatedBuiltinCode(b, Math.min(code, MAX_DEPRECATED_CODE));
  return OperatorCode.endOperatorCode(b);
}

function rowOf(ops: OpTable, graph: Graph, node: GraphNode, index: number): OpRow {
  const row = ops.byName.get(node.op);
  if (row) return row;
  throw new UnsupportedOpError(
    `${graph.name}: op ${index} (${quote(node.op)}) cannot be written: its options are not understood; write ops that \`inspect\` lists in full`,
  );
}

function indexOfKind(kinds: OpKind[], kind: OpKind): number {
  const found = kinds.findIndex(({ row, version }) => row === kind.row && version === kind.version);
  return found === -1 ? kinds.push(kind) - 1 : found;
}

function newestRuntime(kinds: readonly OpKind[]): string {
  const runtimes = kinds.map(({ row, version }) => firstRuntime(row.versions, version));
  return (
    runtimes
      .filter((runtime) => runtime !== undefined)
      .sort(compareRuntimes)
      .at(-1) ?? ''
  );
}

function writeOperator(
  b: Builder,
  vectors: SharedVectors,
  node: GraphNode,
  row: OpRow,
  code: number,
): Offset {
  const { Operator } = schema;
  const inputs = vectors.write(node.inputs);
  const outputs = vectors.write(node.outputs);
  const intermediates = node.intermediates && vectors.write(node.intermediates);
  const options = writeOptions(b, row, node.attributes);
  const custom = writeCustomOptions(b, row, node.attributes);
  Operator.startOperator(b);
  Operator.addOpcodeIndex(b, code);
  Operator.addInputs(b, inputs);
  Operator.addOutputs(b, outputs);
  if (intermediates !== undefined) Operator.addIntermediates(b, intermediates);
  addOptions(b, row, options);
  if (custom) Operator.addCustomOptions(b, custom);
  return Operator.endOperator(b);
}
