import { SpecError } from '../../errors.ts';
import type { Activation, Padding } from '../graph/attributes.ts';
import { quote, showValue } from '../graph/quote.ts';

/** One field of a layer: how a JSON value or a word of the text form becomes it, and what it is if left out. */
export interface Field<T> {
  parse(value: unknown): T | undefined;
  /** Completes "must be ...". */
  readonly allowed: string;
  readonly fallback?: T;
  /** True for words that the text form gives to this field without its name. */
  takes(word: string): boolean;
}

export type Fields<F> = { readonly [K in keyof F]: Field<F[K]> };
export type Window = readonly [height: number, width: number];

const never = () => false;

function parseCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) && (count as number) > 0 ? (count as number) : undefined;
}

export function count(fallback?: number): Field<number> {
  return {
    parse: parseCount,
    allowed: 'a whole number above 0',
    takes: (word) => /^\d+$/.test(word),
    ...(fallback !== undefined && { fallback }),
  };
}

function parseWindow(value: unknown): Window | undefined {
  const parts = typeof value === 'string' ? value.split('x') : Array.isArray(value) ? value : [value];
  const [height, width] = parts.map(parseCount);
  if (parts.length > 2 || height === undefined) return undefined;
  if (parts.length === 1) return [height, height];
  return width === undefined ? undefined : [height, width];
}

export function window(fallback?: Window): Field<Window> {
  return {
    parse: parseWindow,
    allowed: 'a whole number above 0 or HxW, such as 3 or 3x3',
    takes: fallback ? never : (word) => /^\d+(x\d+)?$/.test(word),
    ...(fallback && { fallback }),
  };
}

/** Words of the spec for values of the format. */
function words<T>(values: ReadonlyMap<string, T>, fallback: T): Field<T> {
  return {
    parse: (value) => (typeof value === 'string' ? values.get(value.toLowerCase()) : undefined),
    allowed: [...values.keys()].join(', '),
    takes: (word) => values.has(word.toLowerCase()),
    fallback,
  };
}

export function padding(fallback: Padding): Field<Padding> {
  return words(
    new Map([
      ['same', 'SAME'],
      ['valid', 'VALID'],
    ]),
    fallback,
  );
}

export function activation(): Field<Activation> {
  const values: [string, Activation][] = [
    ['none', 'NONE'],
    ['relu', 'RELU'],
    ['relu6', 'RELU6'],
    ['tanh', 'TANH'],
  ];
  return words(new Map(values), 'NONE');
}

export function flag(fallback: boolean): Field<boolean> {
  const parse = (value: unknown) => (typeof value === 'string' ? { true: true, false: false }[value] : value);
  return {
    parse: (value) => (typeof parse(value) === 'boolean' ? (parse(value) as boolean) : undefined),
    allowed: 'true or false',
    takes: never,
    fallback,
  };
}

export function real(fallback: number): Field<number> {
  return {
    parse: (value) => {
      const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
    },
    allowed: 'a finite number',
    takes: never,
    fallback,
  };
}

/** Names of earlier layers. */
export function names(): Field<readonly string[]> {
  const valid = (value: unknown) => typeof value === 'string' && value !== '';
  return {
    parse(value) {
      const list: unknown[] =
        typeof value === 'string' ? value.split('+') : Array.isArray(value) ? value : [];
      return list.length > 0 && list.every(valid) ? (list as string[]) : undefined;
    },
    allowed: 'the name of an earlier layer, or several as a+b',
    takes: () => true,
  };
}

/** Dimensions without the batch, one of them -1 at most. */
export function dims(): Field<readonly number[]> {
  const valid = (value: number) => Number.isSafeInteger(value) && (value > 0 || value === -1);
  return {
    parse(value) {
      const list = typeof value === 'string' ? value.split('x').map(Number) : value;
      return Array.isArray(list) && list.length > 0 && list.every(valid) ? (list as number[]) : undefined;
    },
    allowed: 'dimensions such as 7x7x16, one of them -1 at most',
    takes: (word) => /^-?\d+(x-?\d+)*$/.test(word),
  };
}

/** The fields of a layer from raw values; throws a SpecError naming the field and what is allowed. */
export function parseFields<F>(fields: Fields<F>, raw: Readonly<Record<string, unknown>>, where: string): F {
  const known = Object.keys(fields) as (keyof F & string)[];
  for (const key of Object.keys(raw)) {
    if (!Object.hasOwn(fields, key)) {
      throw new SpecError(
        `${where}: unknown field ${quote(key)}; it takes ${known.join(', ') || 'no field'}`,
      );
    }
  }
  return Object.fromEntries(
    known.map((key) => [key, parseField(fields[key], raw[key], `${where}: ${key}`)]),
  ) as F;
}

function parseField<T>(field: Field<T>, value: unknown, where: string): T {
  if (value === undefined && field.fallback !== undefined) return field.fallback;
  if (value === undefined) throw new SpecError(`${where} is missing: it must be ${field.allowed}`);
  const parsed = field.parse(value);
  if (parsed !== undefined) return parsed;
  throw new SpecError(`${where} must be ${field.allowed}, got ${showValue(value)}`);
}
