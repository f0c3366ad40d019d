import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import type { KernelLimits } from './kernel-limits.ts';
import type { Operands } from './operands.ts';

/** A node whose kernel is prepared: its operands, its first output, its attributes. */
export interface ScratchCall {
  readonly inputs: Operands;
  readonly output: TensorInfo;
  readonly attributes: object;
}

/** Bytes that a kernel asks for in its Prepare, for its own node only: of one buffer, or of each of several in order. */
export type ScratchRule = (call: ScratchCall) => number | readonly number[];

/** What is known of an op in TensorFlow Lite Micro. */
export interface TflmSupport {
  /** What today's kernel takes; everything where absent. */
  readonly limits?: KernelLimits;
  /** Types of the first operand that the kernel of 2020 takes; what today's takes where absent. */
  readonly oldTypes?: readonly DType[];
  /** Scratch of the reference kernel (tensorflow/tflite-micro, micro/kernels); none where absent. */
  readonly scratch?: ScratchRule;
  /** Scratch of the CMSIS-NN kernel on a core with the DSP extension, by GCC; as the reference kernel where absent. */
  readonly cmsisScratch?: ScratchRule;
}

/** Sum of coefficient x product of counts, as cost rows have it. */
export type InstructionTerms = Readonly<Record<string, number>>;

/** Instructions of a kernel that nobody counted, and the counted kernel that the figure leans on. */
export interface Estimate {
  readonly instructions: InstructionTerms;
  readonly likeness: string;
}

/** Types that kernels are priced by; `any` for a kernel that only moves elements. */
export const ESTIMATED_TYPES = [
  'float32',
  'int8',
  'uint8',
  'int16',
  'int32',
  'int64',
  'bool',
  'any',
] as const;

/** By the type of the first data input. */
export type Estimates = Readonly<Partial<Record<(typeof ESTIMATED_TYPES)[number], Estimate>>>;

export function estimate(instructions: InstructionTerms, likeness: string): Estimate {
  return { instructions, likeness };
}

/** So many instructions an element of the output, and a call. */
export function perElement(instructions: number, likeness: string): Estimate {
  return { instructions: { elements: instructions, '1': 100 }, likeness };
}

/** What its kernel takes at GCC -O2 on a Cortex-M7, for libraries in which it was not counted. */
export function countedAtO2(kernel: string, float32: number, int8: number): Estimates {
  const of = (dtype: string, count: number) =>
    perElement(count, `${dtype} ${kernel} at GCC -O2 (${count} an element, counted)`);
  return { float32: of('float', float32), int8: of('int8', int8) };
}

/** So many instructions an element of two operands, a run of their broadcast, and a call. */
export function perPair(instructions: number, likeness: string, broadcastRows = 45): Estimate {
  return { instructions: { elements: instructions, broadcastRows, '1': 400 }, likeness };
}

/** Bytes where the operand at `position` is int8, else none. */
export function onInt8(rule: ScratchRule, position = 0): ScratchRule {
  return (call) => (call.inputs[position]?.dtype === 'int8' ? rule(call) : 0);
}

/** What a kernel takes that has arithmetic in float32 and in both integer types of today. */
export const FLOAT_OR_INTEGERS: readonly string[] = ['float32 -> float32', 'int8 -> int8', 'int16 -> int16'];

/** What most kernels of 2020 take (r2.4, micro/kernels). */
export const WITH_UINT8: readonly DType[] = ['float32', 'int8', 'uint8'];
