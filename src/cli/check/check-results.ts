import type { Side } from '../../report/explanation/step-moves.ts';
import type { Move } from '../../report/explanation/step-moves.ts';
import type { Interval } from '../../simulate/prediction.ts';
import type { LimitName } from './budget-file.ts';

/** One limit held against what was predicted. */
export interface Verdict {
  readonly limit: LimitName;
  readonly allowed: number | true;
  /** What was predicted; for a switch how many layers or parts break it. */
  readonly value: number;
  readonly holds: boolean;
  /** Which layers are on the core, or what does not fit. */
  readonly detail?: string;
}

/** What is kept of a prediction, so that the next one can be held against it. */
export interface Reading extends Side {
  readonly model: string;
  readonly latencyMs: Interval;
  readonly flashBytes: number;
  readonly ramBytes: number;
  /** Absent where the board's runtime plans none. */
  readonly arenaBytes?: number;
  readonly accuracy?: number;
  readonly energyUj?: number;
}

/** What moved since the baseline. */
export interface Movement {
  readonly latencyMs: { readonly before: number; readonly after: number };
  readonly flashBytes: { readonly before: number; readonly after: number };
  readonly ramBytes: { readonly before: number; readonly after: number };
  /** Parts whose time changed, the largest change first. */
  readonly moves: readonly Move[];
}

/** One model on one board: judged, or refused with the reason. */
export interface Checked {
  readonly model: string;
  readonly board: string;
  readonly options?: string;
  readonly reading?: Reading;
  readonly verdicts: readonly Verdict[];
  readonly movement?: Movement;
  /** True where a baseline was given that does not know this model on this board. */
  readonly isNew?: boolean;
  readonly refused?: string;
}

/** What `check --json` prints. */
export interface CheckReport {
  readonly holds: boolean;
  readonly checked: readonly Checked[];
  /** The baseline has them and no budget asks for them any more: "model on board". */
  readonly gone: readonly string[];
}
