import type { ParsedArgs } from './axes.ts';
import type { PlotKind } from './figures.ts';

/** What of the command line is no axis and no part of the study. */
export interface SweepArgs extends ParsedArgs {
  readonly out?: string;
  readonly resume: boolean;
  readonly workers?: number;
  readonly queue?: string;
  readonly pareto: boolean;
  readonly crossover?: string;
  readonly along?: string;
  readonly csv?: string;
  readonly parquet?: string;
  readonly jsonRows?: string;
  readonly svg?: string;
  readonly plot?: PlotKind;
  readonly metric?: string;
  readonly json: boolean;
}
