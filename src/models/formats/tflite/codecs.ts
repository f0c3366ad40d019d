import { FormatError } from '../../../errors.ts';
import type { Activation, Padding } from '../../graph/attributes.ts';

/**
 * Translates one option between the file's value and the attribute's; undefined is an attribute, or a field, that is left
 * out. Decode throws a FormatError naming both.
 */
export interface Codec<T = unknown> {
  decode(value: unknown, where: string): T;
  encode(value: T): unknown;
}

const identity = <T>(value: T): T => value;

/** Numbers that need no check. */
export const NUMBER: Codec<number> = { decode: identity as () => number, encode: identity };
/** The number of a further subgraph that the operator runs. */
export const SUBGRAPH: Codec<number> = { decode: identity as () => number, encode: identity };
export const FLAG: Codec<boolean> = { decode: identity as () => boolean, encode: identity };

/** Strides, dilations, window sides, counts: above 0. */
export const POSITIVE: Codec<number> = {
  decode(value, where) {
    if ((value as number) > 0) return value as number;
    throw new FormatError(`${where} is ${value}, it must be above 0; convert the model again`);
  },
  encode: identity,
};

export const FINITE: Codec<number> = {
  decode(value, where) {
    if (Number.isFinite(value)) return value as number;
    throw new FormatError(`${where} is ${value}, it must be a finite number`);
  },
  encode: identity,
};

/** A list that needs no check; empty where the file has none. */
export const LIST: Codec<readonly number[]> = {
  decode: identity as () => readonly number[],
  encode: identity,
};

/** A list that means the same absent and empty. */
export const OPTIONAL_LIST: Codec<readonly number[] | undefined> = {
  decode: (value) => ((value as readonly number[]).length > 0 ? (value as readonly number[]) : undefined),
  encode: identity,
};

/** Names of an enum of the schema, in the order of their codes from 0. */
function named<T extends string>(names: readonly T[]): Codec<T> {
  return {
    decode(value, where) {
      const name = names[value as number];
      if (name !== undefined) return name;
      throw new FormatError(`${where} is ${value}, which the format does not define`);
    },
    encode: (name) => names.indexOf(name),
  };
}

// Not by the generated schema: operators are loaded by who never reads a file.
export const PADDING = named<Padding>(['SAME', 'VALID']);
export const ACTIVATION = named<Activation>(['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6', 'TANH', 'SIGN_BIT']);

/** A number of a custom operator's options, in single precision as its kernel reads it. */
export const flexNumber = (absent: number): Codec<number> => ({
  decode: (value) => Math.fround(Number(value ?? absent)),
  encode: identity,
});

/** A flag of a custom operator's options; false where it is absent. */
export const FLEX_FLAG: Codec<boolean> = { decode: (value) => Boolean(value ?? false), encode: identity };
