import { Builder, type Offset } from 'flatbuffers';
import { UnsupportedOpError } from '../../../errors.ts';
import { checkGraph } from '../../graph/check-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import type { OpTable } from './op-table.ts';
import { SubGraph, Metadata, Model } from './schema/schema.ts';
import { SharedVectors } from './shared-vectors.ts';
import { writeNodes } from './write-nodes.ts';
import { withBiases } from './with-biases.ts';
import { constantBytes, writeBuffers, writeTensor } from './write-tensors.ts';

const SCHEMA_VERSION = 3;
const RUNTIME_KEY = 'min_runtime_version';
// The converter reserves so many bytes for the text (runtime_version.cc).
const RUNTIME_BYTES = 16;

/**
 * The bytes of a .tflite file that holds the graph: operator versions as the converter numbers them, constants in
 * buffers aligned to 16 bytes, activations on the empty buffer 0, and the oldest runtime that can run it as metadata.
 * A convolution without a bias gets one of zeros, as the converter gives it. The graph's name and notes are not stored,
 * nor is any text that no interpreter reads. Throws an UnsupportedOpError for an op without known options, a SpecError
 * for a constant without values (a builder spec has none), a FormatError for a damaged graph.
 */
export function writeTflite(given: Graph, ops: OpTable): Uint8Array {
  checkGraph(given);
  requireOneSubgraph(given);
  const graph = withBiases(given, ops);
  const data = constantBytes(graph);
  const constants = data.filter((bytes) => bytes !== undefined);
  const b = new Builder(constants.reduce((sum, bytes) => sum + bytes.length, 4096));
  const vectors = new SharedVectors(b);
  const { codes, operators, runtime } = writeNodes(b, vectors, graph, ops);
  let last = 0;
  const tensors = graph.tensors.map((tensor, index) =>
    writeTensor(b, vectors, tensor, data[index] ? ++last : 0),
  );
  const subgraph = writeSubgraph(b, vectors, graph, tensors, operators);
  const buffers = writeBuffers(b, [undefined, ...constants, textBytes(runtime)]);
  const metadata = Metadata.createMetadata(b, b.createString(RUNTIME_KEY), buffers.length - 1);
  finishModel(b, { codes, subgraph, buffers, metadata });
  return b.asUint8Array().slice();
}

function requireOneSubgraph({ name, nodes }: Graph): void {
  if (nodes.every(({ calls = [] }) => calls.length === 0)) return;
  throw new UnsupportedOpError(
    `${name}: runs further subgraphs (CALL_ONCE, IF, WHILE), which cannot be written; keep the file as it is`,
  );
}

function textBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(RUNTIME_BYTES);
  bytes.set(new TextEncoder().encode(text));
  return bytes;
}

function writeSubgraph(
  b: Builder,
  vectors: SharedVectors,
  graph: Graph,
  tensors: readonly Offset[],
  operators: readonly Offset[],
): Offset {
  const tensorsAt = SubGraph.createTensorsVector(b, [...tensors]);
  const inputsAt = vectors.write(graph.inputs);
  const outputsAt = vectors.write(graph.outputs);
  const operatorsAt = SubGraph.createOperatorsVector(b, [...operators]);
  return SubGraph.createSubGraph(b, tensorsAt, inputsAt, outputsAt, operatorsAt, 0);
}

interface Parts {
  readonly codes: readonly Offset[];
  readonly subgraph: Offset;
  readonly buffers: readonly Offset[];
  readonly metadata: Offset;
}

function finishModel(b: Builder, parts: Parts): void {
  const codes = Model.createOperatorCodesVector(b, [...parts.codes]);
  const subgraphs = Model.createSubgraphsVector(b, [parts.subgraph]);
  const buffers = Model.createBuffersVector(b, [...parts.buffers]);
  const metadata = Model.createMetadataVector(b, [parts.metadata]);
  Model.startModel(b);
  Model.addVersion(b, SCHEMA_VERSION);
  Model.addOperatorCodes(b, codes);
  Model.addSubgraphs(b, subgraphs);
  Model.addBuffers(b, buffers);
  Model.addMetadata(b, metadata);
  Model.finishModelBuffer(b, Model.endModel(b));
}
