import { FormatError } from '../../errors.ts';
import type { TimedLog, TimedRow } from '../../profiles/read-log.ts';
import { alignParts } from '../../report/explanation/align-parts.ts';
import { partsOf, type Part } from '../../report/explanation/parts.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { msFromPs, psFromMs } from '../../units.ts';
import { inOrderOfModel } from './order-rows.ts';

/** A line of a log with the operators that it stands for. */
export interface Matched {
  readonly row: TimedRow;
  readonly parts: Part[];
}

/** All lines of a log; `besides` are conversions of a sorted log, which say nothing of their place. */
export interface MatchedLog {
  readonly matched: readonly Matched[];
  readonly besides: readonly TimedRow[];
}

/** What is predicted of operators together, in ms. */
export const timeOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { durationPs }) => sum + msFromPs(durationPs), 0);

/** Median of measured over predicted, with the predictions that `of` gives for a line's operators. */
export function medianRatio(
  matched: readonly Matched[],
  of: (parts: readonly Part[]) => number = timeOf,
): number {
  const ratios = matched.map(({ row, parts }) => row.ms / of(parts)).sort((a, b) => a - b);
  return ratios[ratios.length >> 1];
}

/** Steps that quantizers and compilers of layouts add to a network. */
const CONVERSION = /^(re|de)?quantize|^transpose$/i;

/** What a compiler makes part of the window behind it. */
const PADDING = /^(mirror_)?pad(v2)?$/i;

/**
 * Each line with its operator; operators without a line of their own are fused into the one before, padding into the one
 * behind, and a line of a step that an operator has besides (a convolution's Dequantize), or of a conversion that the
 * network does not have, counts with the operator before. Throws a FormatError where the log is of another network.
 */
export function matchRows(log: TimedLog, prediction: Prediction): MatchedLog {
  const parts = partsOf(prediction).filter(({ node }) => node !== null);
  const ordered = inOrderOfModel(log, parts);
  const isStray = (row: TimedRow) => log.isSorted === true && CONVERSION.test(row.op);
  const [rows, besides] = [ordered.filter((row) => !isStray(row)), ordered.filter(isStray)];
  const logged = rows.map(partOf);
  const matched: Matched[] = [];
  let ahead: Part[] = [];
  for (const { before, after } of alignParts(logged, parts)) {
    const row = before && rows[before.node!];
    const last = matched.at(-1);
    if (row && after) {
      matched.push({ row, parts: [...ahead, after] });
      ahead = [];
    } else if (row && last && (CONVERSION.test(row.op) || isStepOf(row.op, last.parts, prediction))) {
      matched[matched.length - 1] = { ...last, row: joined(last.row, row) };
    } else if (row) refuse(log, prediction, `its line ${row.line}, ${row.op}, has no counterpart there`);
    else if (after && after.macs > 0)
      refuse(log, prediction, `it has no line for ${after.op} (op ${after.node})`);
    else if (after && (PADDING.test(after.op) || !last)) ahead.push(after);
    else if (after) last!.parts.push(after);
  }
  return { matched, besides };
}

function refuse({ format }: TimedLog, { model }: Prediction, why: string): never {
  throw new FormatError(`the log is of another network than ${model}: ${why} (${format})`);
}

const joined = (row: TimedRow, { op, ms }: TimedRow): TimedRow => ({
  ...row,
  op: `${row.op} + ${op}`,
  ms: row.ms + ms,
});

/** Whether a line names a step that these operators have besides. */
function isStepOf(op: string, parts: readonly Part[], { steps }: Prediction): boolean {
  const nodes = new Set(parts.map(({ node }) => node));
  return steps.some((step) => nodes.has(step.node) && step.op.toLowerCase() === op.toLowerCase());
}

const partOf = ({ op, ms, layer }: TimedRow, node: number): Part => ({
  ...{ node, op, durationPs: psFromMs(ms), ...(layer !== undefined && { layer }) },
  ...{ unit: '-', rule: '-', reason: '-', boundBy: '-' },
  ...{ macs: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0 },
});
