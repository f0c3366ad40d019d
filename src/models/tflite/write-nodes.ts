import type { Builder, Offset } from 'flatbuffers';
import { UnsupportedOpError } from '../../errors.ts';
import type { OpType } from '../attributes.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { quote } from '../quote.ts';
import { ROW_BY_OP, type OpMapRow } from './op-map.ts';
import { compareRuntimes, firstRuntime, operatorVersion } from './op-versions.ts';
import * as schema from './schema/schema.ts';

const MAX_DEPRECATED_CODE = 127;

interface OpKind {
  readonly row: OpMapRow;
  readonly version: number;
}

/** Offsets of a graph's operators and their codes, and the runtime that the newest of them needs. */
export interface WrittenNodes {
  readonly codes: readonly Offset[];
  readonly operators: readonly Offset[];
  readonly runtime: string;
}

/** Writes all operators; one code for each kind and version. Throws an UnsupportedOpError naming op and index. */
export function writeNodes(b: Builder, graph: Graph): WrittenNodes {
  const kinds: OpKind[] = [];
  const operators = graph.nodes.map((node, index) => {
    const row = rowOf(graph, node, index);
    return writeOperator(
      b,
      node,
      row,
      indexOfKind(kinds, { row, version: operatorVersion(node, graph.tensors) }),
    );
  });
  const codes = kinds.map(({ row, version }) =>
    schema.OperatorCode.createOperatorCode(b, Math.min(row.code, MAX_DEPRECATED_CODE), 0, version, row.code),
  );
  return { codes, operators, runtime: newestRuntime(kinds) };
}

function rowOf(graph: Graph, node: GraphNode, index: number): OpMapRow {
  const row = ROW_BY_OP.get(node.op);
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
  const runtimes = kinds.map(({ row, version }) => firstRuntime(row.op as OpType, version));
  return (
    runtimes
      .filter((runtime) => runtime !== undefined)
      .sort(compareRuntimes)
      .at(-1) ?? ''
  );
}

function writeOperator(b: Builder, node: GraphNode, row: OpMapRow, code: number): Offset {
  const { Operator } = schema;
  const inputs = Operator.createInputsVector(b, [...node.inputs]);
  const outputs = Operator.createOutputsVector(b, [...node.outputs]);
  const options = writeOptions(b, row, node.attributes as Record<string, unknown>);
  Operator.startOperator(b);
  Operator.addOpcodeIndex(b, code);
  Operator.addInputs(b, inputs);
  Operator.addOutputs(b, outputs);
  if (options) {
    Operator.addBuiltinOptionsType(b, row.optionsType);
    Operator.addBuiltinOptions(b, options);
  }
  return Operator.endOperator(b);
}

type Builders = Readonly<Record<string, (b: Builder, value?: unknown) => Offset>>;

function writeOptions(b: Builder, row: OpMapRow, attributes: Readonly<Record<string, unknown>>): Offset {
  if (!row.options) return 0;
  const table = row.options as unknown as Builders;
  const vectors = Object.entries(row.vectors ?? {})
    .filter(([name]) => attributes[name] !== undefined)
    .map(([name, { accessor }]) => {
      const title = capitalize(accessor);
      return { title, at: table[`create${title}Vector`](b, attributes[name]) };
    });
  table[`start${row.optionsName}`](b);
  for (const { title, at } of vectors) table[`add${title}`](b, at);
  for (const [name, [accessor, codec]] of Object.entries(row.fields)) {
    table[`add${capitalize(accessor)}`](b, codec.encode(attributes[name]));
  }
  return table[`end${row.optionsName}`](b);
}

function capitalize(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
