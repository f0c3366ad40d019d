import { Encoding } from 'flatbuffers';
import { FormatError } from '../../../errors.ts';
import type { GraphNode, Tensor } from '../../graph/graph.ts';
import { quote } from '../../graph/quote.ts';
import { OP_NAME_BY_CODE, type OpRow } from './op-table.ts';
import { readAttributes } from './op-options.ts';
import { note, readNumbers, readText, type ReadContext } from './read-tensors.ts';
import { BuiltinOperator, type Operator, type OperatorCode, type SubGraph } from './schema/schema.ts';

// What a node takes in memory as JavaScript objects, roughly; attributes included.
const NODE_BYTES = 200;
// Operators that run another subgraph of the file, and that no interpreter of a microcontroller knows.
const UNREAD_CALLS = new Set(['CALL', 'STABLEHLO_WHILE', 'STABLEHLO_COMPOSITE']);
const MAX_CUSTOM_NAME = 256;

interface OpKind {
  readonly op: string;
  readonly entry: OpRow | undefined;
}

/** All operators of a subgraph in order. Throws a FormatError with the operator's index and name. */
export function readNodes(context: ReadContext, subgraph: SubGraph, tensors: readonly Tensor[]): GraphNode[] {
  const kinds = readKinds(context);
  const length = subgraph.operatorsLength();
  context.budget.spend(length * NODE_BYTES);
  return Array.from({ length }, (_, index) => {
    const node = readNode(context, subgraph.operators(index)!, index, kinds);
    noteOddities(context, node, index, tensors);
    return node;
  });
}

function readKinds(context: ReadContext): OpKind[] {
  const { model, budget } = context;
  budget.spend(model.operatorCodesLength() * 64);
  return Array.from({ length: model.operatorCodesLength() }, (_, index) =>
    readKind(context, model.operatorCodes(index)!),
  );
}

// As TFLite's GetBuiltinCode: the larger of the two codes, since each writer fills at least one.
function readKind(context: ReadContext, raw: OperatorCode): OpKind {
  const code = Math.max(raw.deprecatedBuiltinCode(), raw.builtinCode());
  if (code === BuiltinOperator.CUSTOM) {
    const custom = readText(context, raw.customCode(Encoding.UTF8_BYTES));
    if (custom.length <= MAX_CUSTOM_NAME) return kindOf(context, `CUSTOM:${custom}`);
    throw new FormatError(
      `${context.file}: a custom operator's name has ${custom.length} characters (${quote(custom)}); the file is damaged`,
    );
  }
  return kindOf(context, OP_NAME_BY_CODE.get(code) ?? `BUILTIN:${code}`);
}

function kindOf({ ops }: ReadContext, op: string): OpKind {
  return { op, entry: ops.byName.get(op) };
}

function readNode(context: ReadContext, raw: Operator, index: number, kinds: readonly OpKind[]): GraphNode {
  const kind = kinds[raw.opcodeIndex()];
  if (!kind) {
    throw new FormatError(
      `${context.file}: op ${index}: operator code ${raw.opcodeIndex()} of ${kinds.length}; the file is damaged`,
    );
  }
  const where = `${context.file}: op ${index} (${kind.op})`;
  const inputs = readNumbers(context, raw.inputsLength(), (slot) => raw.inputs(slot));
  const outputs = readNumbers(context, raw.outputsLength(), (slot) => raw.outputs(slot));
  const attributes = kind.entry ? readAttributes(kind.entry, raw, where, context.budget) : {};
  const intermediates = readNumbers(context, raw.intermediatesLength(), (slot) => raw.intermediates(slot));
  if (outputs.length === 0 && !kind.entry?.isSilent) {
    throw new FormatError(`${where} has no output; the model is damaged`);
  }
  const calls = (kind.entry?.calls ?? []).map((name) => (attributes as Record<string, number>)[name]);
  return {
    ...{ op: kind.op, attributes, inputs, outputs },
    ...(calls.length > 0 && { calls }),
    ...(intermediates.length > 0 && { intermediates }),
  };
}

function noteOddities(
  context: ReadContext,
  node: GraphNode,
  index: number,
  tensors: readonly Tensor[],
): void {
  const [input, weights] = node.inputs.map((tensor): Tensor | undefined => tensors[tensor]);
  if (context.ops.byName.get(node.op)?.weighted && input?.dtype === 'float32' && weights?.dtype === 'int8') {
    note(
      context,
      `op ${index} (${node.op}) is hybrid: float32 activations, int8 weights; TFLite Micro refuses it`,
    );
  }
  if (UNREAD_CALLS.has(node.op)) {
    note(context, `op ${index} (${node.op}) runs another subgraph, which is not read`);
  }
}
