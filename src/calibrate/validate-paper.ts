import { boardById } from '../boards/index.ts';
import type { Board } from '../boards/board/board.ts';
import { boardWith, fitBoard, paperReadingMs } from './paper.ts';
import { DOKIC_2021, type PaperRow, type PaperTable } from './measurements/dokic-2021.ts';
import { lineThrough } from './line.ts';

type Predictor = (filters: number) => number;
type Trainer = (rows: readonly PaperRow[]) => Predictor;

export interface HeldOutRow {
  readonly filters: number;
  readonly measuredMs: number;
  readonly predictedMs: number;
  readonly errorPercent: number;
}

export interface PaperGate {
  readonly name: string;
  readonly holds: boolean;
  readonly figure: number;
  readonly bar: number;
}

export interface BoardValidation {
  readonly board: string;
  readonly looMapePercent: number;
  readonly looWorstPercent: number;
  readonly trainLow5: { readonly mapePercent: number; readonly rows: readonly HeldOutRow[] };
  readonly baseline: { readonly looMapePercent: number; readonly trainLow5MapePercent: number };
  /** With the priors alone: no row of the table was seen. */
  readonly priorsOnlyMapePercent: number;
  /** Mean error that the rounding of the table alone gives a perfect model. */
  readonly roundingFloorPercent: number;
  readonly loo: readonly HeldOutRow[];
}

export interface PaperValidation {
  readonly boards: readonly BoardValidation[];
  readonly gates: readonly PaperGate[];
}

/** Leave-one-out and train-on-1..5-predict-6..10 on the paper's tables, beside a straight line and the rounding floor. */
export function validatePaper(): PaperValidation {
  const boards = DOKIC_2021.map((table) => validateBoard(boardById(table.board), table));
  const gates = boards.flatMap(({ board, looMapePercent, trainLow5 }, index) => {
    const { looPercent, low5Percent } = DOKIC_2021[index].bars;
    return [
      gate(`${board}: leave-one-out MAPE`, looMapePercent, looPercent),
      gate(`${board}: trained on 1..5, MAPE of 6..10`, trainLow5.mapePercent, low5Percent),
    ];
  });
  return { boards, gates };
}

const gate = (name: string, figure: number, bar: number): PaperGate => ({
  name,
  holds: figure <= bar,
  figure,
  bar,
});

/** One board, as it is or with other settings, against its table. */
export function validateBoard(board: Board, table: PaperTable): BoardValidation {
  const trainer = mechanismTrainer(board, table);
  const loo = leaveOneOut(table.rows, trainer);
  const low5 = holdOut(table.rows.slice(0, 5), table.rows.slice(5), trainer);
  return {
    board: table.board,
    looMapePercent: mape(loo),
    looWorstPercent: Math.max(...loo.map((row) => Math.abs(row.errorPercent))),
    trainLow5: { mapePercent: mape(low5), rows: low5 },
    baseline: {
      looMapePercent: mape(leaveOneOut(table.rows, lineTrainer)),
      trainLow5MapePercent: mape(holdOut(table.rows.slice(0, 5), table.rows.slice(5), lineTrainer)),
    },
    priorsOnlyMapePercent: mape(holdOut([], table.rows, trainer)),
    roundingFloorPercent: roundingFloorPercent(table),
    loo,
  };
}

function mechanismTrainer(board: Board, table: PaperTable): Trainer {
  return (rows) => {
    const fitted = boardWith(board, fitBoard(board, rows, table).means);
    return (filters) => paperReadingMs(fitted, filters);
  };
}

/** The rows of a table, each predicted by a fit that has not seen it. */
export function heldOutPredictions(board: Board, table: PaperTable): HeldOutRow[] {
  return leaveOneOut(table.rows, mechanismTrainer(board, table));
}

/** Errors in ms of those predictions. */
export function heldOutErrorsMs(board: Board, table: PaperTable): number[] {
  return heldOutPredictions(board, table).map(({ predictedMs, measuredMs }) => predictedMs - measuredMs);
}

const lineTrainer: Trainer = (rows) =>
  lineThrough(rows.map(({ filters, measuredMs }) => [filters, measuredMs]));

/** Each row predicted by a fit that has not seen it. */
function leaveOneOut(rows: readonly PaperRow[], train: Trainer): HeldOutRow[] {
  return rows.flatMap((held) =>
    holdOut(
      rows.filter((row) => row !== held),
      [held],
      train,
    ),
  );
}

function holdOut(seen: readonly PaperRow[], held: readonly PaperRow[], train: Trainer): HeldOutRow[] {
  const predict = train(seen);
  return held.map(({ filters, measuredMs }) => {
    const predictedMs = predict(filters);
    return { filters, measuredMs, predictedMs, errorPercent: (predictedMs / measuredMs - 1) * 100 };
  });
}

function mape(rows: readonly HeldOutRow[]): number {
  return rows.reduce((sum, row) => sum + Math.abs(row.errorPercent), 0) / rows.length;
}

/** A value rounded to a step is off by a quarter of the step on average. */
function roundingFloorPercent({ rows, resolutionMs }: PaperTable): number {
  return (rows.reduce((sum, { measuredMs }) => sum + resolutionMs / 4 / measuredMs, 0) / rows.length) * 100;
}
