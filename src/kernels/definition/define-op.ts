import { SpecError } from '../../errors.ts';
import type { AttributesOf, Fields, OpStorage } from '../../models/formats/tflite/op-storage.ts';
import { elementCount, tensorBytes, type TensorInfo } from '../../models/graph/graph.ts';
import { elementCounts } from './dense-counts.ts';
import type { Prepare } from './kernel.ts';
import type { DescribedOp, Op, OpFacts, Work } from './op.ts';
import { shapeText, type Operands } from './operands.ts';

/** What an op counts beyond the totals that every op has. */
export interface OpCounts {
  readonly macs?: number;
  /** Bytes of activations read where not every byte of them is. */
  readonly loadBytes?: number;
  /** Bytes of parameters read where not every byte of them is. */
  readonly weightBytes?: number;
  /** Counts by the names of `COUNT_NAMES`; a fresh object. */
  readonly counts: Record<string, number>;
}

/** An op without the bookkeeping that all ops share, and without its arithmetic. */
export interface OpDescription<T extends string, F extends Fields> extends OpFacts {
  readonly type: T;
  readonly tflite: OpStorage<F>;
  infer(attributes: AttributesOf<F>, inputs: Operands, declared?: readonly TensorInfo[]): TensorInfo[];
  /** Absent for an op that walks its elements once. */
  count?(attributes: AttributesOf<F>, inputs: Operands, outputs: readonly TensorInfo[]): OpCounts;
  /** What an op that walks its elements once counts beyond them. */
  countAlso?(
    attributes: AttributesOf<F>,
    inputs: Operands,
    outputs: readonly TensorInfo[],
  ): Record<string, number>;
}

/** An op without the bookkeeping that all ops share. */
export interface OpDefinition<T extends string, F extends Fields> extends OpDescription<T, F> {
  readonly prepare: Prepare<AttributesOf<F>>;
}

/** Fields of an op without attributes. */
export type NoFields = Readonly<Record<never, never>>;

interface OperandTotals {
  inputElements: number;
  inputBytes: number;
  weightBytes: number;
  operands: number;
}

type Roles = Pick<OpFacts, 'weightInputs' | 'indexInputs'>;

/** Whether an operand is a parameter of the model: weights and bias by position, constants of any other data input. */
export function isParameter(op: Roles, position: number, tensor: TensorInfo): boolean {
  if (op.weightInputs?.includes(position)) return true;
  const isConstant = tensor.isConstant === true || tensor.data !== undefined;
  return isConstant && !op.indexInputs?.includes(position);
}

function totalOperands(op: Roles, inputs: Operands): OperandTotals {
  const totals = { inputElements: 0, inputBytes: 0, weightBytes: 0, operands: 0 };
  for (let position = 0; position < inputs.length; position++) {
    const tensor = inputs[position];
    if (tensor === undefined || op.indexInputs?.includes(position)) continue;
    if (isParameter(op, position, tensor)) {
      totals.weightBytes += tensorBytes(tensor);
      continue;
    }
    totals.inputElements += elementCount(tensor.shape);
    totals.inputBytes += tensorBytes(tensor);
    totals.operands++;
  }
  return totals;
}

function countElements(totals: OperandTotals, outputElements: number, outputBytes: number): OpCounts {
  const { inputElements, inputBytes, operands } = totals;
  return { counts: elementCounts({ inputElements, inputBytes, outputElements, outputBytes, operands }) };
}

/** The work with its totals among its counts, which become its own: where cost rows look for them, without a copy. */
export function withTotals(work: Omit<Work, 'counts'>, counts: Record<string, number> = {}): Work {
  addTotals(counts, work, work.loadBytes);
  const { macs, elements, loadBytes, storeBytes, weightBytes } = work;
  return { macs, elements, loadBytes, storeBytes, weightBytes, counts };
}

// Assigned one by one: Object.assign and spreads of this many fields are several times slower, and sweeps live here.
function addTotals(counts: Record<string, number>, work: Omit<Work, 'counts'>, inputBytes: number): void {
  counts.macs = work.macs;
  counts.elements = work.elements;
  counts.loadBytes = work.loadBytes;
  counts.storeBytes = work.storeBytes;
  counts.weightBytes = work.weightBytes;
  counts.inputBytes = inputBytes;
  counts.outputBytes = work.storeBytes;
}

function countWork<A extends object>(
  op: Roles & Pick<OpDescription<string, Fields>, 'count' | 'countAlso'>,
  attributes: A,
  inputs: Operands,
  outputs: readonly TensorInfo[],
): Work {
  const totals = totalOperands(op, inputs);
  let elements = 0;
  let storeBytes = 0;
  for (const output of outputs) {
    elements += elementCount(output.shape);
    storeBytes += tensorBytes(output);
  }
  const counted = op.count?.(attributes, inputs, outputs) ?? countElements(totals, elements, storeBytes);
  const { macs = 0, loadBytes = totals.inputBytes, weightBytes = totals.weightBytes, counts } = counted;
  if (op.countAlso !== undefined) Object.assign(counts, op.countAlso(attributes, inputs, outputs));
  const work = { macs, elements, loadBytes, storeBytes, weightBytes, counts };
  addTotals(counts, work, totals.inputBytes);
  return work;
}

function describeInputs(inputs: Operands): string {
  return inputs.map((input) => (input ? shapeText(input.shape) : 'none')).join(', ');
}

/**
 * An op without arithmetic from what is its own: `work` gets the totals that all ops have, and errors of `infer` begin with
 * the op and the shapes of its inputs.
 */
export function describeOp<const T extends string, F extends Fields = NoFields>(
  description: OpDescription<T, F>,
): DescribedOp<T, AttributesOf<F>> {
  const { count, countAlso, infer, ...facts } = description;
  const { type, weighted, weightInputs = weighted && [weighted.weights, weighted.bias] } = facts;
  const roles = {
    ...facts,
    ...(weightInputs && { weightInputs }),
    ...(count && { count }),
    ...(countAlso && { countAlso }),
  };
  return {
    ...facts,
    ...(weightInputs && { weightInputs }),
    infer(attributes, inputs, declared) {
      try {
        return infer(attributes, inputs, declared);
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        throw new SpecError(`${type} of ${describeInputs(inputs)}: ${error.message}`);
      }
    },
    work: (attributes, inputs, outputs) => countWork(roles, attributes, inputs, outputs),
  };
}

/** An Op from what is its own, its arithmetic with it. */
export function defineOp<const T extends string, F extends Fields = NoFields>({
  prepare,
  ...description
}: OpDefinition<T, F>): Op<T, AttributesOf<F>> {
  return { ...describeOp<T, F>(description), prepare };
}
