import { boardById } from '../boards/index.ts';
import type { Board } from '../boards/board/board.ts';
import { readingOffsetMs } from '../simulate/pulse.ts';
import { findCrossover, type Crossover } from './crossover.ts';
import { DOKIC_2021, type PaperRow, type PaperTable } from './measurements/dokic-2021.ts';
import { paperPulseMs } from './paper.ts';
import { readingDoubts, type ReadingDoubt } from './reading-doubt.ts';

/** Filters up to which the experiment is carried on beyond the paper's ten. */
const BEYOND_FILTERS = 64;

/** What the bench reads of one network's measuring loop. */
export interface BenchReading {
  /** Pin high. */
  readonly pulseMs: number;
  /** From rise to rise. */
  readonly periodMs: number;
}

/** Readings by board, one for each row of its table, in order. */
export type BenchReadings = Readonly<Record<string, readonly BenchReading[]>>;

export interface ReproducedRow {
  readonly filters: number;
  readonly measuredMs: number;
  /** Width of the pulse: pin high around the call. */
  readonly pulseMs: number;
  /** Pulse plus the rest of the measuring loop; null where the loop is not known. */
  readonly periodMs: number | null;
  /** Rise to rise of the loop that ran on the bench; absent where none did. */
  readonly loopMs?: number;
  /** The reading that is compared with the table: the period on the Maixduino, the pulse elsewhere. */
  readonly reportedMs: number;
  readonly errorMs: number;
  readonly errorPercent: number;
  /** Ends of the 90 % interval of the reading. */
  readonly lowMs: number;
  readonly highMs: number;
  /** Half of the 90 % interval of the reading's share of the first row's; 0 in that row. */
  readonly relativeHalf: number;
}

export interface ReproducedBoard {
  readonly board: string;
  readonly name: string;
  readonly table: string;
  readonly reading: 'pulse' | 'period';
  readonly rows: readonly ReproducedRow[];
  readonly mapePercent: number;
  readonly worstMs: number;
  /** Rows whose reading rounds to the printed value. */
  readonly roundedEqual: number;
  readonly why: readonly string[];
}

export interface BeyondRow {
  readonly filters: number;
  readonly pulseMs: number;
  readonly reportedMs: number;
}

export interface Reproduction {
  readonly boards: readonly ReproducedBoard[];
  readonly beyond: readonly { readonly board: string; readonly rows: readonly BeyondRow[] }[];
  readonly crossover: Crossover;
}

/**
 * The paper's tables 2 and 3 done in software, and carried on to 64 filters. With readings of a bench the tables are
 * theirs; without, pulses are simulated calls, and periods add the board's reading offset.
 */
export function reproducePaper(bench: BenchReadings = {}): Reproduction {
  const boards = DOKIC_2021.map((table) => reproduceBoard(boardById(table.board), table, bench[table.board]));
  const beyond = DOKIC_2021.map((table) => beyondPaper(boardById(table.board)));
  const [first, second] = DOKIC_2021.map((table) => boardById(table.board));
  return { boards, beyond, crossover: findCrossover(first, second, BEYOND_FILTERS) };
}

function reproduceBoard(
  board: Board,
  { table, rows, resolutionMs, why }: PaperTable,
  bench: readonly BenchReading[] | undefined,
): ReproducedBoard {
  const doubts = readingDoubts(
    board,
    rows.map(({ filters }) => filters),
  );
  const reproduced = rows.map((row, index) => reproduceRow(board, row, doubts[index], bench?.[index]));
  const isEqual = (row: ReproducedRow): boolean =>
    Math.round(row.reportedMs / resolutionMs) === Math.round(row.measuredMs / resolutionMs);
  return {
    board: board.id,
    name: board.name,
    table,
    reading: board.runtime.readingOffsetMs ? 'period' : 'pulse',
    rows: reproduced,
    mapePercent: reproduced.reduce((sum, row) => sum + Math.abs(row.errorPercent), 0) / reproduced.length,
    worstMs: Math.max(...reproduced.map((row) => Math.abs(row.errorMs))),
    roundedEqual: reproduced.filter(isEqual).length,
    why,
  };
}

function reproduceRow(
  board: Board,
  { filters, measuredMs }: PaperRow,
  { halfMs, relativeHalf }: ReadingDoubt,
  bench: BenchReading | undefined,
): ReproducedRow {
  const pulseMs = bench?.pulseMs ?? paperPulseMs(board, filters);
  const isPeriod = board.runtime.readingOffsetMs !== undefined;
  const periodMs = isPeriod ? (bench?.periodMs ?? pulseMs + readingOffsetMs(board)) : null;
  const reportedMs = periodMs ?? pulseMs;
  const errorMs = reportedMs - measuredMs;
  return {
    filters,
    measuredMs,
    pulseMs,
    periodMs,
    ...(bench && { loopMs: bench.periodMs }),
    reportedMs,
    errorMs,
    errorPercent: (errorMs / measuredMs) * 100,
    ...{ lowMs: reportedMs - halfMs, highMs: reportedMs + halfMs, relativeHalf },
  };
}

function beyondPaper(board: Board): { board: string; rows: BeyondRow[] } {
  const rows = Array.from({ length: BEYOND_FILTERS }, (_, index) => {
    const pulseMs = paperPulseMs(board, index + 1);
    return { filters: index + 1, pulseMs, reportedMs: pulseMs + readingOffsetMs(board) };
  });
  return { board: board.id, rows };
}
