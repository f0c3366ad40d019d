import type { Board, Cache, Calibration, DmaUnit, KpuUnit, Runtime } from './board.ts';
import type { PosteriorData } from './calibrated.ts';

/** A fit of the board's uncertain constants, in the order in which `resolveBoard` finds them. */
export type FileCalibration = Pick<Calibration, 'measurements' | 'domain'> & PosteriorData;

/** A board as its file describes it: by id what it shares with others, and what is its own. */
export interface BoardFile extends Pick<Board, 'id' | 'name' | 'soc' | 'summary' | 'clocks' | 'memories'> {
  /** Id of its core, which runs at the clock "core". */
  readonly core: string;
  /** Ids of the kernel libraries that were counted for it, the default first. */
  readonly libraries: readonly string[];
  /** Id of the firmware that calls them. */
  readonly runtime: string;
  readonly dataCache?: Cache;
  /** Units beside the core. */
  readonly accelerators?: readonly (KpuUnit | DmaUnit)[];
  readonly placement: Runtime['placement'];
  readonly readingOffsetMs?: NonNullable<Runtime['readingOffsetMs']>;
  readonly calibration?: FileCalibration;
}
