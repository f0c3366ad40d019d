import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import { isQuantizedType } from './kernel.ts';
import { shapeText, type Operands } from './operands.ts';

/** What a kernel takes, as data: what it does not take it refuses when the model is loaded. */
export interface KernelLimits {
  /**
   * Types that go together: a word for each operand in order, `|` between alternatives, `*` for any, and behind an arrow
   * that of the outputs: 'int16 int8 -> int16'. Operands beyond the words are free.
   */
  readonly types?: readonly string[];
  /** Most dimensions of an operand. */
  readonly maxRank?: number;
  /** Most operands. */
  readonly maxInputs?: number;
  /** Positions of operands whose scale and zero point it wants where they are quantized. */
  readonly scaled?: readonly number[];
  /** Anything else: what the kernel asks for, or undefined where it is content. */
  readonly check?: (call: KernelCall) => string | undefined;
}

/** Operands, outputs and attributes of a node, as its kernel sees them. */
export interface KernelCall {
  readonly inputs: Operands;
  readonly outputs: readonly TensorInfo[];
  readonly attributes: object;
  /** Tensors that the file keeps for the operator alone. */
  readonly intermediates?: readonly TensorInfo[];
  /** True in a network that has no scales yet, as a builder's. */
  readonly isUnscaled?: boolean;
}

interface Signature {
  readonly inputs: readonly string[];
  readonly output: string;
}

const parsed = new Map<string, Signature>();

function signatureOf(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const [inputs, output = '*'] = text.split(' -> ');
  const signature = { inputs: inputs.split(' '), output };
  parsed.set(text, signature);
  return signature;
}

const isOneOf = (word: string, dtype: DType | undefined): boolean =>
  word === '*' || dtype === undefined || word === dtype || word.split('|').includes(dtype);

function fits(text: string, { inputs, outputs }: KernelCall): boolean {
  const { inputs: words, output } = signatureOf(text);
  return (
    words.every((word, at) => isOneOf(word, inputs[at]?.dtype)) &&
    outputs.every(({ dtype }) => isOneOf(output, dtype))
  );
}

/** The types of a call in the words of a signature, as many as the kernel's own. */
function typesOf(types: readonly string[], { inputs, outputs }: KernelCall): string {
  const words = Math.max(...types.map((text) => signatureOf(text).inputs.length));
  const given = inputs.slice(0, words).map((tensor) => tensor?.dtype ?? 'none');
  const isOutputNamed = types.some((text) => signatureOf(text).output !== '*');
  return given.join(' ') + (isOutputNamed ? ` -> ${outputs[0]?.dtype}` : '');
}

function refusedTypes({ types }: KernelLimits, call: KernelCall): string | undefined {
  if (types === undefined || types.some((text) => fits(text, call))) return undefined;
  return `${typesOf(types, call)}; it takes ${types.join(', ')}`;
}

function refusedShapes({ maxRank, maxInputs }: KernelLimits, { inputs }: KernelCall): string | undefined {
  if (maxInputs !== undefined && inputs.length > maxInputs) {
    return `${inputs.length} operands; it takes ${maxInputs} at most`;
  }
  const wide =
    maxRank === undefined ? undefined : inputs.find((tensor) => tensor && tensor.shape.length > maxRank);
  return wide && `${shapeText(wide.shape)} of ${wide.shape.length} dimensions; it takes ${maxRank} at most`;
}

/** A scale that no kernel can compute with. */
function wrongScale(tensor: TensorInfo | undefined): number | undefined {
  if (tensor === undefined || !isQuantizedType(tensor.dtype)) return undefined;
  return tensor.quantization?.scales.find((scale) => !(scale >= 0 && scale < Infinity));
}

function refusedScales(
  { scaled = [] }: KernelLimits,
  { inputs, isUnscaled }: KernelCall,
): string | undefined {
  if (isUnscaled) return undefined;
  const bare = scaled.find((at) => {
    const tensor = inputs[at];
    return tensor !== undefined && isQuantizedType(tensor.dtype) && tensor.quantization === undefined;
  });
  const wrong = scaled.map((at) => wrongScale(inputs[at])).find((scale) => scale !== undefined);
  if (wrong !== undefined) return `a scale of ${wrong}; it takes numbers from 0 up`;
  if (bare === undefined) return undefined;
  return `operand ${bare} of ${inputs[bare]!.dtype} without a scale and a zero point; quantize the model in full`;
}

/**
 * What a kernel refuses about a call, and what it would take; undefined where it takes it. `asksTypes` is false for a
 * kernel of another generation, which has types of its own.
 */
export function refusedBy(limits: KernelLimits, call: KernelCall, asksTypes = true): string | undefined {
  return (
    (asksTypes ? refusedTypes(limits, call) : undefined) ??
    refusedShapes(limits, call) ??
    refusedScales(limits, call) ??
    limits.check?.(call)
  );
}
