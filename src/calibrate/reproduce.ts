import { boardById } from '../boards/index.ts';
import type { Board } from '../boards/board.ts';
import { readingOffsetMs } from '../simulate/run.ts';
import { findCrossover, type Crossover } from './crossover.ts';
import { DOKIC_2021, type PaperTable } from './measurements/dokic-2021.ts';
import { paperPulseMs } from './paper.ts';

/** Filters up to which the experiment is carried on beyond the paper's ten. */
const BEYOND_FILTERS = 64;

export interface ReproducedRow {
  readonly filters: number;
  readonly measuredMs: number;
  /** Width of the pulse: pin high around the call. */
  readonly pulseMs: number;
  /** Pulse plus the rest of the measuring loop; null where the loop is not known. */
  readonly periodMs: number | null;
  /** The reading that is compared with the table: the period on the Maixduino, the pulse elsewhere. */
  readonly reportedMs: number;
  readonly errorMs: number;
  readonly errorPercent: number;
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

const WHY: Readonly<Record<string, readonly string[]>> = {
  maixduino: [
    'Up to 5 filters Dense has at most 1024 inputs, so the converter moves it to the KPU; from 6 filters on the core computes it in float32.',
    "The core's float loop is unrolled by 8 only if the input count is divisible by 8: 196 F is so for even F, which is why 7 and 9 filters cost as much as 8 and 10.",
    'Copies and conversions by the core (copy-out, dequantize, flatten, quantize) cost far more than the convolution on the KPU.',
    'The published column is most likely the loop period: the published script sleeps 1 ms after the pin goes low. The pulse alone is printed beside it.',
  ],
  'openmv-h7-plus': [
    'The core runs TensorFlow Lite Micro reference loops: every filter adds the same 79,808 instructions.',
    'The curve still bends: the dense layer reads its input ten times while the weights stream through 16 KiB of data cache, so from 5 filters on more and more of it comes from SDRAM again.',
    'net.classify builds a new interpreter on every call, which costs as much as one third of a filter.',
  ],
};

/** The paper's tables 2 and 3 done in software, and carried on to 64 filters. */
export function reproducePaper(): Reproduction {
  const boards = DOKIC_2021.map((table) => reproduceBoard(boardById(table.board), table));
  const beyond = DOKIC_2021.map((table) => beyondPaper(boardById(table.board)));
  return {
    boards,
    beyond,
    crossover: findCrossover(boardById('maixduino'), boardById('openmv-h7-plus'), BEYOND_FILTERS),
  };
}

function reproduceBoard(board: Board, { table, rows, resolutionMs }: PaperTable): ReproducedBoard {
  const reproduced = rows.map(({ filters, measuredMs }) => reproduceRow(board, filters, measuredMs));
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
    why: WHY[board.id] ?? [],
  };
}

function reproduceRow(board: Board, filters: number, measuredMs: number): ReproducedRow {
  const pulseMs = paperPulseMs(board, filters);
  const reportedMs = pulseMs + readingOffsetMs(board);
  const periodMs = board.runtime.readingOffsetMs ? reportedMs : null;
  const errorMs = reportedMs - measuredMs;
  return {
    filters,
    measuredMs,
    pulseMs,
    periodMs,
    reportedMs,
    errorMs,
    errorPercent: (errorMs / measuredMs) * 100,
  };
}

function beyondPaper(board: Board): { board: string; rows: BeyondRow[] } {
  const rows = Array.from({ length: BEYOND_FILTERS }, (_, index) => {
    const pulseMs = paperPulseMs(board, index + 1);
    return { filters: index + 1, pulseMs, reportedMs: pulseMs + readingOffsetMs(board) };
  });
  return { board: board.id, rows };
}
