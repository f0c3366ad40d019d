import { ByteBuffer } from 'flatbuffers';
import { FormatError } from '../../../errors.ts';
import { withSubgraphs } from '../../graph/called-subgraphs.ts';
import { checkGraph } from '../../graph/check-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { describeBytes, hasTfliteMagic } from '../sniff.ts';
import { Budget } from './budget.ts';
import type { OpTable } from './op-table.ts';
import { readArenaOffsets } from './read-arena-offsets.ts';
import { readNodes } from './read-nodes.ts';
import { checkUsedTensor, readNumbers, readTensors, type ReadContext } from './read-tensors.ts';
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
  for (const one of withSubgraphs(graph)) {
    checkGraph(one);
    checkUsedTensors(one);
  }
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

/** Throws a FormatError for a tensor that a node reads or writes and that cannot be planned. */
function checkUsedTensors({ name, tensors, nodes, inputs, outputs }: Graph): void {
  const used = new Set([...inputs, ...outputs]);
  for (const node of nodes) for (const tensor of [...node.inputs, ...node.outputs]) used.add(tensor);
  for (const tensor of used) if (tensor >= 0) checkUsedTensor(name, tensors[tensor], tensor);
}

function readGraph(context: ReadContext): Graph {
  const { file, notes, model } = context;
  const main = readOne(context, mainSubgraph(context), file);
  const subgraphs = readCalled(context, main);
  const unread = model.subgraphsLength() - 1 - subgraphs.filter((one) => one !== undefined).length;
  if (unread > 0)
    notes.push(
      `subgraphs that no operator runs are not read: ${unread} of the file's ${model.subgraphsLength()}`,
    );
  return {
    ...main,
    ...readArenaOffsets(context),
    ...(subgraphs.length > 0 && { subgraphs }),
    ...(notes.length > 0 && { notes }),
  };
}

/** The subgraphs that nodes run, by number less 1. Throws a FormatError for one that the file does not have. */
function readCalled(context: ReadContext, main: Graph): (Graph | undefined)[] {
  const { file, model } = context;
  const subgraphs: (Graph | undefined)[] = [];
  const open = [main];
  for (const one of open) {
    one.nodes.forEach((node, index) => {
      for (const number of node.calls ?? []) {
        if (number < 1 || number >= model.subgraphsLength()) {
          throw new FormatError(
            `${one.name}: op ${index} (${node.op}) runs subgraph ${number} of ${model.subgraphsLength()}; ` +
              'it needs to be one behind the first',
          );
        }
        if (subgraphs[number - 1]) continue;
        const called = readOne(context, model.subgraphs(number)!, `${file} subgraph ${number}`);
        subgraphs[number - 1] = called;
        open.push(called);
      }
    });
  }
  return Array.from(subgraphs);
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
