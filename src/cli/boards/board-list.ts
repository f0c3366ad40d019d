import { allBoards, BOARD_FILES } from '../../boards/all-boards.ts';
import type { Board } from '../../boards/board/board.ts';
import { HELD_OUT_PERCENT, MEASURED_ROWS } from '../../boards/rows-behind.ts';

/** What `boards` says of a board. */
export interface BoardSummary {
  readonly id: string;
  readonly name: string;
  readonly soc: string;
  readonly summary: string;
  readonly core: string;
  /** The one that predictions are of, then the others that were measured on the board. */
  readonly runtimes: readonly string[];
  readonly toolchain: string;
  readonly kernels: readonly string[];
  readonly units: readonly string[];
  readonly clocks: readonly { readonly id: string; readonly hz: number }[];
  /** Published rows behind the board. */
  readonly rows: number;
  readonly medianErrorPercent: number | null;
  /** "fitted" to its own rows, "measured" rows but no fit of its own, or "estimate". */
  readonly grade: 'fitted' | 'measured' | 'estimate';
}

/** Where no row that was held out says how far it is off, it is an estimate. */
function gradeOf({ id, doubt }: Board): BoardSummary['grade'] {
  if (doubt === undefined) return 'fitted';
  return HELD_OUT_PERCENT[id] === undefined ? 'estimate' : doubt.grade;
}

/** Every board with what it is made of and what stands behind it. */
export function listBoards(): BoardSummary[] {
  return allBoards().map((board) => {
    const { id } = board;
    const file = BOARD_FILES.find((candidate) => candidate.id === id);
    return {
      ...{ id, name: board.name, soc: board.soc, summary: board.summary },
      core: file?.core ?? board.units[0]!.id,
      runtimes: file ? [file.runtime, ...(file.otherRuntimes ?? [])] : [board.runtime.firmware],
      toolchain: board.runtime.toolchain,
      kernels: board.runtime.kernels,
      units: board.units.map((unit) => unit.id),
      clocks: board.clocks.map((clock) => ({ id: clock.id, hz: clock.hz.value })),
      rows: MEASURED_ROWS[id] ?? 0,
      medianErrorPercent: HELD_OUT_PERCENT[id] ?? null,
      grade: gradeOf(board),
    };
  });
}
