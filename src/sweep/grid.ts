import { SpecError } from '../errors.ts';

/** One design point of a sweep over the paper's network. */
export interface DesignPoint {
  readonly filters: number;
  readonly kernel: number;
  /** Width and height of the input image in pixels. */
  readonly side: number;
  readonly board: string;
}

/** The values that each knob of a sweep takes. */
export interface Grid {
  readonly filters: readonly number[];
  readonly kernels: readonly number[];
  readonly sides: readonly number[];
  readonly boards: readonly string[];
}

const MAX_VALUES = 100_000;
const FORM = 'write a number, a list 1,3,5 or a range 1:64 (1:64:2 in steps of 2)';

function parseCount(name: string, text: string): number {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new SpecError(`${name}: "${text}" is no whole number above 0; ${FORM}`);
}

function parseRange(name: string, text: string): number[] {
  const bounds = text.split(':');
  if (bounds.length > 3) throw new SpecError(`${name}: "${text}" is no range; ${FORM}`);
  const [from, to, step] = bounds.map((bound) => parseCount(name, bound));
  if (from === undefined || to === undefined) return [from ?? Number.NaN];
  if (to < from) throw new SpecError(`${name}: the range ${text} ends before it starts; ${FORM}`);
  const count = Math.floor((to - from) / (step ?? 1)) + 1;
  if (count > MAX_VALUES)
    throw new SpecError(`${name}: the range ${text} has more than ${MAX_VALUES} values`);
  return Array.from({ length: count }, (_, index) => from + index * (step ?? 1));
}

/**
 * Whole numbers above 0 from "8", "1,3,5,7", "1:64" or "1:64:2", mixed with commas; ascending, each once.
 * Throws a SpecError that begins with `name` and says how to write it.
 */
export function parseValues(name: string, text: string): number[] {
  const values = text.split(',').flatMap((part) => parseRange(name, part));
  return [...new Set(values)].sort((a, b) => a - b);
}

export function countPoints({ filters, kernels, sides, boards }: Grid): number {
  return filters.length * kernels.length * sides.length * boards.length;
}

/** All points of a grid, the last knob running fastest: kernel, side, filters, board. */
export function* gridPoints({ filters, kernels, sides, boards }: Grid): Generator<DesignPoint> {
  for (const kernel of kernels) {
    for (const side of sides) {
      for (const count of filters) {
        for (const board of boards) yield { filters: count, kernel, side, board };
      }
    }
  }
}
