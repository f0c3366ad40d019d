import { COSTS_BY_CORE } from '../boards/libraries/index.ts';
import { findCostRow } from '../boards/pricing/cost-rows.ts';
import { evaluateTerms } from '../boards/pricing/terms.ts';
import { MissingCostError } from '../errors.ts';
import {
  carriedInstructionCounts,
  kernelsOf,
  readInstructionCounts,
  type InstructionRow,
} from './instruction-rows.ts';
import { worstWholeCallPercent } from './whole-call.ts';

export interface CountRow {
  readonly id: string;
  readonly library: string;
  /** Instructions, like `predicted`. */
  readonly measured: number;
  readonly predicted: number;
  readonly errorPercent: number;
}

export interface CountGate {
  readonly name: string;
  readonly holds: boolean;
  /** What the name says, in percent: a share of rows, a median or a largest error. */
  readonly figure: number;
  readonly bar: number;
}

export interface CountsValidation {
  readonly rows: readonly CountRow[];
  readonly medianPercent: number;
  readonly mapePercent: number;
  readonly within10Percent: number;
  readonly worst: CountRow;
  readonly gates: readonly CountGate[];
}

interface Judged {
  readonly source: InstructionRow;
  readonly row: CountRow;
}

/** Layers below are too short for the blocked kernels' formulas: constants of the call outweigh their loops. */
const SHORT_LAYER_INSTRUCTIONS = 20_000;
/** Largest error of a whole call in percent. */
const WHOLE_CALL_BAR = 0.1;

/** The library and its flag, as the rows name them. */
const libraryOf = ({ kernelLibrary, flag }: InstructionRow): string =>
  kernelLibrary.startsWith('openmv') || flag === '-O2' ? kernelLibrary : `${kernelLibrary}${flag}`;

function predictInstructions(row: InstructionRow, index: number): number {
  const kernels = kernelsOf(row);
  const costs = COSTS_BY_CORE[row.target];
  const cost = costs && findCostRow({ costs }, row.op, row.dtype, kernels, row.counts);
  if (cost?.instructions) return evaluateTerms(cost.instructions, row.counts);
  throw new MissingCostError(
    row.op,
    index,
    row.target,
    row.target,
    `no counted ${row.dtype} kernel in ${libraryOf(row)}`,
  );
}

function judgeRow(source: InstructionRow, index: number): Judged {
  const predicted = predictInstructions(source, index);
  const measured = source.instructions;
  const errorPercent = (100 * (predicted - measured)) / measured;
  return { source, row: { id: source.id, library: libraryOf(source), measured, predicted, errorPercent } };
}

const absoluteErrors = (judged: readonly Judged[]): number[] =>
  judged.map(({ row }) => Math.abs(row.errorPercent)).sort((a, b) => a - b);

const median = (sorted: readonly number[]): number =>
  (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;

const shareWithin = (errors: readonly number[], percent: number): number =>
  (100 * errors.filter((error) => error <= percent).length) / errors.length;

function shareGate(name: string, judged: readonly Judged[], percent: number, bar: number): CountGate[] {
  if (judged.length === 0) return [];
  const figure = shareWithin(absoluteErrors(judged), percent);
  return [{ name: `${name}: share of rows within ${percent} %`, holds: figure >= bar, figure, bar }];
}

function medianGate(name: string, judged: readonly Judged[], bar: number): CountGate[] {
  if (judged.length === 0) return [];
  const figure = median(absoluteErrors(judged));
  return [{ name: `${name}: median error`, holds: figure <= bar, figure, bar }];
}

function wholeCallGate(): CountGate {
  const figure = worstWholeCallPercent();
  return {
    name: 'whole call, float32: largest error',
    holds: figure <= WHOLE_CALL_BAR,
    figure,
    bar: WHOLE_CALL_BAR,
  };
}

function gatesOf(judged: readonly Judged[]): CountGate[] {
  const of = (library: string, target: string, dtype?: string): Judged[] =>
    judged.filter(
      ({ source }) =>
        source.kernelLibrary.startsWith(library) &&
        source.target === target &&
        (dtype === undefined || source.dtype === dtype),
    );
  const blocked = of('cmsis-nn', 'cortex-m7').filter(({ row }) => row.measured > SHORT_LAYER_INSTRUCTIONS);
  return [
    ...shareGate('OpenMV float32', of('openmv', 'cortex-m7', 'float32'), 1, 95),
    ...shareGate('TFLite Micro reference', of('tflm-reference', 'cortex-m7'), 3, 95),
    ...medianGate('CMSIS-NN', blocked, 2),
    ...shareGate('CMSIS-NN', blocked, 8, 90),
    ...shareGate('RV64 float32', of('tflm-reference', 'rv64gc', 'float32'), 3, 95),
    wholeCallGate(),
  ];
}

/**
 * The instruction formulas of the boards' cost rows against counted kernel calls: the rows that the project carries,
 * or a CSV with the same columns. The formulas were fitted to the carried rows; `fit-instructions.test.ts` says how
 * well they predict rows left out. Gates of libraries that the rows do not hold are left out.
 * Throws a FormatError for a bad CSV, a MissingCostError for a kernel without a formula.
 */
export function validateM7Counts(source?: string | readonly InstructionRow[]): CountsValidation {
  const measured =
    typeof source === 'string' ? readInstructionCounts(source) : (source ?? carriedInstructionCounts());
  const judged = measured.map(judgeRow);
  const rows = judged.map(({ row }) => row);
  const errors = absoluteErrors(judged);
  return {
    rows,
    medianPercent: median(errors),
    mapePercent: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    within10Percent: shareWithin(errors, 10),
    worst: rows.reduce((a, b) => (Math.abs(b.errorPercent) > Math.abs(a.errorPercent) ? b : a)),
    gates: gatesOf(judged),
  };
}
