import type { Metric } from './metric.ts';

export type Comparison = '<' | '<=' | '>' | '>=' | '=';

/** What a point must meet: that its memory fits, a bound on a metric, all of a list, or any of a list. */
export type Constraint =
  | { readonly kind: 'fits' }
  | {
      readonly kind: 'bound';
      readonly metric: Metric;
      readonly comparison: Comparison;
      readonly value: number;
    }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Constraint[] };

/** The figures of one point that a constraint looks at. */
export type Figures = Readonly<Record<Metric, number>> & { readonly fits: boolean };

const HOLDS: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
};

/** Whether a point meets a constraint; a figure that is not known (NaN) meets no bound. */
export function meetsConstraint(constraint: Constraint, figures: Figures): boolean {
  switch (constraint.kind) {
    case 'fits':
      return figures.fits;
    case 'bound':
      return HOLDS[constraint.comparison](figures[constraint.metric], constraint.value);
    case 'all':
      return constraint.of.every((one) => meetsConstraint(one, figures));
    case 'any':
      return constraint.of.some((one) => meetsConstraint(one, figures));
  }
}
