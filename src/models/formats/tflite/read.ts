import { ByteBuffer } from 'flatbuffers';
import { FormatError } from '../../../errors.ts';
import type { Graph } from '../../graph/graph.ts';
import { describeBytes, hasTfliteMagic } from '../sniff.ts';
import { Budget } from './budget.ts';
import type { OpTable } from './op-table.ts';
import { readArenaOffsets } from './read-arena-offsets.ts';
import { readNodes } from './read-nodes.ts';
import { checkWhole, readSubgraphs } from './read-subgraphs.ts';
import { readNumbers, readTensors, type ReadContext } from './read-tensors.ts';
import { Model, type SubGraph } from './schema/schema.ts';
import { verifyFlatbuffer } from './verify.ts';

const SCHEMA_VERSION = 3;

/**
 * The first subgraph of a .tflite file; `name` is what errors call it, `ops` are understood, others only named. Constants are views into `bytes`, at any
 * alignment: keep `bytes` unchanged, and `slice()` a view before laying a wider typed array over it. Takes at most
 * about 8 times the file in memory. Throws a FormatError of one line for whatever a file may hold.
 */
export function readTflite(bytes: Uint8Array, name: string, ops: OpTable): Graph {
  if (!hasTfliteMagic(bytes) && !holdsModel(bytes, ops)) {
    throw new FormatError(`${name}: is not a .tflite file (no "TFL3" at byte 4): it ${describeBytes(bytes)}`);
  }
  verifyFlatbuffer(bytes, ops.layout, 'Model', name);
  const model = Model.getRootAsModel(new ByteBuffer(bytes));
  const graph = readGraph({
    file: name,
    bytes,
    model,
    ops,
    budget: new Budget(bytes.length, name),
    notes: oddities(model, bytes),
  });
  return graph;
}

/** Whether bytes without the format's identifier are a network in it all the same: the interpreter does not ask for it. */
export function holdsModel(bytes: Uint8Array, ops: OpTable): boolean {
  if (bytes.length < 16) return false;
  try {
    verifyFlatbuffer(bytes, ops.layout, 'Model', '');
  } catch {
    return false;
  }
  const model = Model.getRootAsModel(new ByteBuffer(bytes));
  return model.subgraphsLength() > 0 && model.operatorCodesLength() > 0;
}

/** What LiteRT refuses about a file as a whole and TensorFlow Lite Micro does not ask. */
function oddities(model: Model, bytes: Uint8Array): string[] {
  const notes: string[] = [];
  if (!hasTfliteMagic(bytes)) notes.push('the file has no identifier "TFL3" at byte 4, which LiteRT wants');
  if (model.version() !== SCHEMA_VERSION) {
    notes.push(`the file says schema version ${model.version()}; LiteRT reads ${SCHEMA_VERSION} only`);
  }
  return notes;
}

function readGraph(context: ReadContext): Graph {
  const { file, notes } = context;
  const main = readOne(context, mainSubgraph(context), file);
  checkWhole(main);
  const subgraphs = readSubgraphs(context, main, readOne);
  return {
    ...main,
    ...readArenaOffsets(context),
    ...(subgraphs.length > 0 && { subgraphs }),
    ...(notes.length > 0 && { notes }),
  };
}

function readOne(given: ReadContext, subgraph: SubGraph, name: string): Graph {
  const context = { ...given, file: name };
  const { bytes } = context;
  const tensors = readTensors(context, subgraph);
  const nodes = readNodes(context, subgraph, tensors);
  return {
    name,
    format: 'tflite',
    tensors,
    nodes,
    inputs: readNumbers(context, subgraph.inputsLength(), (index) => subgraph.inputs(index)).filter(
      (tensor) => !tensors[tensor]?.isConstant,
    ),
    outputs: readNumbers(context, subgraph.outputsLength(), (index) => subgraph.outputs(index)),
    fileBytes: bytes.length,
  };
}

function mainSubgraph({ file, model }: ReadContext): SubGraph {
  const count = model.subgraphsLength();
  if (count === 0) throw new FormatError(`${file}: holds no network (no subgraph); convert the model again`);
  const subgraph = model.subgraphs(0)!;
  if (subgraph.operatorsLength() === 0) {
    throw new FormatError(
      `${file}: its network has no operator, there is nothing to run; convert the model again`,
    );
  }
  return subgraph;
}
