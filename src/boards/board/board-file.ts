import type {
  Board,
  Cache,
  Calibration,
  CodeFetch,
  Constant,
  DmaUnit,
  KpuUnit,
  Memory,
  ProgramUnit,
  Runtime,
} from './board.ts';
import type { PartConstants } from './board-parts.ts';
import type { PosteriorData } from './calibrated.ts';

/** A fit of the board's uncertain constants, in the order in which `resolveBoard` finds them. */
export type FileCalibration = Pick<Calibration, 'measurements' | 'domain'> & PosteriorData;

/** A memory with its times in ns, or in cycles of the core that it keeps up with. */
export interface FileMemory extends Omit<Memory, 'lineFillAtHz'> {
  /** ns to fill a line of the data cache, whatever the core's clock; instead of `lineFillCycles`. */
  readonly lineFillNs?: Constant;
  /** The frequency of the core that `lineFillCycles` is told at, where the memory does not follow its clock. */
  readonly lineFillAtHz?: number;
}

/** A board as its file describes it: by id what it shares with others, and what is its own. */
export interface BoardFile extends Pick<Board, 'id' | 'name' | 'soc' | 'summary' | 'clocks' | 'doubt'> {
  readonly memories: readonly FileMemory[];
  /** Id of its core, which runs at the clock "core". */
  readonly core: string;
  /** Ids of the kernel libraries that were counted for it, the default first. */
  readonly libraries: readonly string[];
  /** Id of the firmware that calls them. */
  readonly runtime: string;
  /** Ids of what else was measured on it. */
  readonly otherRuntimes?: readonly string[];
  /** Width of the floating-point unit that its kernels are compiled for; the core's own where absent. */
  readonly fpu?: 'none' | 'single' | 'double';
  readonly dataCache?: Cache;
  readonly codeFetch?: CodeFetch;
  /** Constants of the core that are the board's own: how fast its instructions issue. */
  readonly constants?: PartConstants;
  /** Units beside the core. */
  readonly accelerators?: readonly (KpuUnit | DmaUnit | ProgramUnit)[];
  readonly placement: Runtime['placement'];
  readonly readingOffsetMs?: NonNullable<Runtime['readingOffsetMs']>;
  readonly calibration?: FileCalibration;
}
