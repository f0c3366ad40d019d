import type { Constant, Grade } from './board.ts';

/** A constant that is not well known: `sigma` is its standard deviation before the board's own measurements are seen. */
export interface UncertainConstant extends Constant {
  readonly sigma: number;
  /** Name of a PriorGroup whose common uncertainty the constant shares. */
  readonly group?: string;
}

/** A constant in one line of board data. */
// @__NO_SIDE_EFFECTS__
export function constant(value: number, unit: string, source: string, grade: Grade): Constant {
  return { value, unit, source, grade };
}

/** The constant as an uncertain one. */
// @__NO_SIDE_EFFECTS__
export function uncertain(known: Constant, sigma: number, group?: string): UncertainConstant {
  return group === undefined ? { ...known, sigma } : { ...known, sigma, group };
}

export function isUncertain(constant: Constant): constant is UncertainConstant {
  return 'sigma' in constant;
}
