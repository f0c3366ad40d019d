import type { Board } from '../../boards/board/board.ts';
import { FormatError, InferscopeError } from '../../errors.ts';
import type { Model } from '../../models/formats/model.ts';
import type { TimedLog, TimedRow } from '../../profiles/read-log.ts';
import { alignParts } from '../../report/explanation/align-parts.ts';
import { partsOf, type Part } from '../../report/explanation/parts.ts';
import type { PredictOptions } from '../../simulate/predict.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { msFromPs, psFromMs } from '../../units.ts';

/** One line of the log beside what was predicted of the operators that it stands for. */
export interface OverlayRow {
  readonly line: number;
  readonly op: string;
  /** Operators of the model, the fused ones included. */
  readonly nodes: readonly number[];
  readonly names: string;
  readonly measuredMs: number;
  readonly predictedMs: number;
  readonly ratio: number;
  /** What would bring the prediction nearer, in words; absent where it is near enough. */
  readonly cause?: string;
}

/** A log beside a prediction. */
export interface Overlay {
  readonly model: string;
  readonly board: string;
  readonly format: string;
  readonly rows: readonly OverlayRow[];
  readonly measuredMs: number;
  readonly predictedMs: number;
  /** Median of measured over predicted: what all layers have in common. */
  readonly commonRatio: number;
  readonly commonCause?: string;
  /** Ends of the prediction's 90 % interval over its value. */
  readonly relativeLow: number;
  readonly relativeHigh: number;
}

/** Residuals within this factor of the common ratio are no news. */
const NEAR = 1.25;

/**
 * Measured beside predicted, operator by operator, with the likely cause of what is far off: another of the board's kernel
 * libraries or memories, each predicted in full. Throws a FormatError where the log is not of this network.
 */
export function overlayLog(log: TimedLog, model: Model, board: Board, options: PredictOptions): Overlay {
  const prediction = predictWithFacts(model, board, options);
  const matched = matchRows(log, prediction);
  const others = alternatives(model, board, options);
  const ratios = matched.map(({ row, parts }) => row.ms / timeOf(parts)).sort((a, b) => a - b);
  const commonRatio = ratios[ratios.length >> 1];
  const rows = matched.map(({ row, parts }): OverlayRow => {
    const [predictedMs, nodes] = [timeOf(parts), parts.map(({ node }) => node!)];
    const ratio = row.ms / predictedMs;
    const cause = causeOf(row, nodes, ratio / commonRatio, others);
    return {
      ...{ line: row.line, op: row.op, nodes, names: parts.map(({ op }) => op).join(' + ') },
      ...{ measuredMs: row.ms, predictedMs, ratio, ...(cause !== undefined && { cause }) },
    };
  });
  const common = commonCause(commonRatio, board);
  const { value, low, high } = prediction.latencyMs;
  return {
    ...{ model: prediction.model, board: board.id, format: log.format, rows, commonRatio },
    measuredMs: rows.reduce((sum, { measuredMs }) => sum + measuredMs, 0),
    predictedMs: rows.reduce((sum, { predictedMs }) => sum + predictedMs, 0),
    ...(common !== undefined && { commonCause: common }),
    ...{ relativeLow: low / value, relativeHigh: high / value },
  };
}

const timeOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { durationPs }) => sum + msFromPs(durationPs), 0);

interface Matched {
  readonly row: TimedRow;
  readonly parts: Part[];
}

/**
 * Each line with its operator; operators without a line of their own are fused into the one before, and a line of a step that an
 * operator has besides (a convolution's Dequantize) counts with that operator.
 */
function matchRows({ rows, format }: TimedLog, prediction: Prediction): Matched[] {
  const { model } = prediction;
  const parts = partsOf(prediction).filter(({ node }) => node !== null);
  const logged = rows.map((row, node): Part => ({
    ...BLANK,
    node,
    op: row.op,
    durationPs: psFromMs(row.ms),
    ...named(row),
  }));
  const matched: Matched[] = [];
  for (const { before, after } of alignParts(logged, parts)) {
    if (before && !after) {
      const { line, op, ms } = rows[before.node!];
      const last = matched.at(-1);
      if (last && isStepOf(op, last.parts, prediction)) {
        matched[matched.length - 1] = {
          ...last,
          row: { ...last.row, op: `${last.row.op} + ${op}`, ms: last.row.ms + ms },
        };
        continue;
      }
      throw new FormatError(
        `the log is of another network than ${model}: its line ${line}, ${op}, has no counterpart there (${format})`,
      );
    }
    if (before && after) matched.push({ row: rows[before.node!], parts: [after] });
    else if (after && matched.length > 0 && after.macs === 0) matched.at(-1)!.parts.push(after);
    else if (after && after.macs > 0) {
      throw new FormatError(
        `the log is of another network than ${model}: it has no line for ${after.op} (op ${after.node}) (${format})`,
      );
    }
  }
  return matched;
}

/** Whether a line names a step that these operators have besides. */
function isStepOf(op: string, parts: readonly Part[], { steps }: Prediction): boolean {
  const nodes = new Set(parts.map(({ node }) => node));
  return steps.some((step) => nodes.has(step.node) && step.op.toLowerCase() === op.toLowerCase());
}

const named = ({ layer }: TimedRow) => (layer === undefined ? {} : { layer });

const BLANK = {
  ...{ unit: '-', rule: '-', reason: '-', boundBy: '-' },
  ...{ macs: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0 },
};

interface Alternative {
  readonly words: string;
  readonly parts: readonly Part[];
}

/** The same network with each other choice that the board has. */
function alternatives(model: Model, board: Board, options: PredictOptions): Alternative[] {
  const choices = [
    ...board.runtime.kernels.map((kernels) => ({ words: `kernels of ${kernels}`, options: { kernels } })),
    ...board.memories.map(({ id }) => ({ words: `weights in ${id}`, options: { weightsIn: id } })),
  ];
  return choices.flatMap(({ words, options: choice }) => {
    try {
      return [{ words, parts: partsOf(predictWithFacts(model, board, { ...options, ...choice })) }];
    } catch (error) {
      if (error instanceof InferscopeError) return [];
      throw error;
    }
  });
}

/** The choice that explains a residual best, if it explains most of it. */
function causeOf(
  { ms }: TimedRow,
  nodes: readonly number[],
  residual: number,
  others: readonly Alternative[],
): string | undefined {
  const distance = (ratio: number) => Math.abs(Math.log(ratio));
  if (distance(residual) <= Math.log(NEAR)) return undefined;
  const tried = others
    .map(({ words, parts }) => {
      const own = parts.filter(({ node }) => node !== null && nodes.includes(node));
      return { words, left: distance(ms / timeOf(own)) };
    })
    .sort((a, b) => a.left - b.left);
  const [best] = tried;
  if (best && best.left < distance(residual) / 2) return `as with ${best.words}`;
  const way = residual > 1 ? 'slower' : 'faster';
  return `${way} than the others, by ${Math.max(residual, 1 / residual).toFixed(2)}x: no choice of this board explains it`;
}

function commonCause(ratio: number, { clocks }: Board): string | undefined {
  if (Math.abs(Math.log(ratio)) <= Math.log(NEAR)) return undefined;
  const mhz = clocks[0].hz.value / 1e6 / ratio;
  return `all layers take ${ratio.toFixed(2)} times what is predicted: a clock of ${mhz.toFixed(0)} MHz, another compiler, or another chip`;
}
