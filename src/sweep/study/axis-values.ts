import { SpecError } from '../../errors.ts';
import type { Axis, AxisValue } from './axis.ts';

const MAX_VALUES = 1_000_000;
const FORM = 'write numbers or words with commas (1,3,5) or a range 1:64 (1:64:2 in steps of 2)';
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

function rangeOf(name: string, text: string): number[] {
  const bounds = text.split(':').map((bound) => numberOf(bound.trim()) ?? Number.NaN);
  const [from = Number.NaN, to = Number.NaN, step = 1] = bounds;
  if (bounds.length > 3 || ![from, to, step].every(Number.isFinite) || step <= 0) {
    throw new SpecError(`${name}: "${text}" is no range; ${FORM}`);
  }
  if (to < from) throw new SpecError(`${name}: the range ${text} is empty, it ends before it starts`);
  // A step such as 0.1 is not exact, so that the last value may lie a rounding above the end.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MAX_VALUES)
    throw new SpecError(`${name}: the range ${text} has more than ${MAX_VALUES} values`);
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function valuesOf(name: string, part: string): AxisValue[] {
  const text = part.trim();
  if (text === '') throw new SpecError(`${name}: a value is missing; ${FORM}`);
  if (text.includes(':')) return rangeOf(name, text);
  return [numberOf(text) ?? text];
}

/** Values of an axis from "8", "1,3,5", "1:64", "1:64:2" or words, mixed with commas. Throws a SpecError of one line. */
export function parseAxisValues(name: string, text: string): AxisValue[] {
  return text.split(',').flatMap((part) => valuesOf(name, part));
}

/** Lists and mappings by their kind alone: one of a YAML file may hold itself. */
function showValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : 'a mapping';
}

/** The axis, each value once. Throws a SpecError for none, for one twice, or for what is neither number nor word. */
export function checkAxis(name: string, values: readonly unknown[]): Axis {
  if (values.length === 0) throw new SpecError(`${name}: has no values; ${FORM}`);
  const odd = values.find((value) => typeof value !== 'string' && !Number.isFinite(value));
  if (odd !== undefined) throw new SpecError(`${name}: ${showValue(odd)} is neither a number nor a word`);
  const known = new Set<unknown>();
  for (const value of values) {
    if (known.has(value)) throw new SpecError(`${name}: ${JSON.stringify(value)} is given twice`);
    known.add(value);
  }
  return { name, values: values as AxisValue[] };
}
