import type { TensorInfo } from '../../models/graph/graph.ts';
import type { Work } from './op.ts';
import type { Operands } from './operands.ts';

type CountWork<A> = (attributes: A, inputs: Operands, outputs: readonly TensorInfo[]) => Work;

interface Counted<A> {
  readonly attributes: A;
  readonly inputs: Operands;
  readonly outputs: readonly TensorInfo[];
  readonly work: Work;
}

/** A choice: the kinds of one operator between which a deep network alternates. */
const KEPT = 4;
/** Constants up to this size steer an operator (axes, shapes) and are compared; calls with larger ones are not kept. */
const MOST_BYTES = 64;

/**
 * The count of an operator's work, the same object for calls of the same content where that was counted lately: a network
 * of 100,000 layers has few kinds of them, and each work has dozens of counts.
 */
export function shareWork<A extends object>(count: CountWork<A>): CountWork<A> {
  const kept: Counted<A>[] = [];
  let next = 0;
  return (attributes, inputs, outputs) => {
    if (!isSmall(inputs)) return count(attributes, inputs, outputs);
    for (const known of kept) if (isSameCall(known, attributes, inputs, outputs)) return known.work;
    const work = count(attributes, inputs, outputs);
    kept[next] = { attributes, inputs, outputs, work };
    next = (next + 1) % KEPT;
    return work;
  };
}

/** Whether keeping the operands keeps no file and no weights. */
function isSmall(inputs: Operands): boolean {
  for (const tensor of inputs) {
    if (tensor?.data !== undefined && tensor.data.buffer.byteLength > MOST_BYTES) return false;
  }
  return true;
}

function isSameCall<A extends object>(
  known: Counted<A>,
  attributes: A,
  inputs: Operands,
  outputs: readonly TensorInfo[],
): boolean {
  return (
    areSame(known.inputs, inputs) &&
    areSame(known.outputs, outputs) &&
    (known.attributes === attributes || haveSameFields(known.attributes, attributes))
  );
}

function areSame(a: Operands, b: Operands): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!isSameTensor(a[at], b[at])) return false;
  return true;
}

function isSameTensor(a: TensorInfo | undefined, b: TensorInfo | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return (
    a.dtype === b.dtype &&
    a.isConstant === b.isConstant &&
    a.quantization === b.quantization &&
    areEqual(a.shape, b.shape) &&
    areEqual(a.data ?? NONE, b.data ?? NONE) &&
    (a.data === undefined) === (b.data === undefined)
  );
}

const NONE: readonly number[] = [];

function areEqual(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Fields are numbers, words and lists of numbers. */
function haveSameFields(a: object, b: object): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [one, other] = [(a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]];
    return one === other || (Array.isArray(one) && Array.isArray(other) && areEqual(one, other));
  });
}
