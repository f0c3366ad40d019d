import { FormatError } from '../../../errors.ts';
import { ActivationFunctionType, Padding } from './schema/schema.ts';

/**
 * Translates one option between the file's value and the attribute's; undefined is an attribute, or a field, that is left
 * out. Decode throws a FormatError naming both.
 */
export interface Codec {
  decode(value: unknown, where: string): unknown;
  encode(value: unknown): unknown;
}

const identity = (value: unknown) => value;

/** Booleans, numbers and lists that need no check. */
export const PLAIN: Codec = { decode: identity, encode: identity };

/** A list that means the same absent and empty. */
export const OPTIONAL_LIST: Codec = {
  decode: (value) => ((value as readonly unknown[]).length > 0 ? value : undefined),
  encode: identity,
};

/** Strides, dilations, window sides, counts: above 0. */
export const POSITIVE: Codec = {
  decode(value, where) {
    if ((value as number) > 0) return value;
    throw new FormatError(
      `${where} is ${value}, it must be above 0; the file is damaged or not from a converter`,
    );
  },
  encode: identity,
};

export const FINITE: Codec = {
  decode(value, where) {
    if (Number.isFinite(value)) return value;
    throw new FormatError(`${where} is ${value}, it must be a finite number`);
  },
  encode: identity,
};

/** Names of an enum of the schema. */
function named(codes: Readonly<Record<string, number>>): Codec {
  const names = new Map(Object.entries(codes).map(([name, code]) => [code, name]));
  return {
    decode(value, where) {
      const name = names.get(value as number);
      if (name !== undefined) return name;
      throw new FormatError(`${where} is ${value}, which the format does not define`);
    },
    encode: (name) => codes[name as string],
  };
}

export const PADDING = named(Padding);
export const ACTIVATION = named(ActivationFunctionType);
