import { computed, signal } from '@preact/signals';
import type { Answer, BoardListing, Curve, Experiment, SettingListing } from 'inferscope/experiments';

/** What is pointed at: a step of one of the boards. */
export interface Selection {
  readonly board: string;
  readonly step: number;
}

/** The picture of a moment: every view draws from these and from nothing else. */
export const experiment = signal<Experiment>({ model: 'paper:5', boards: [], set: {}, floatFc: false });
export const answer = signal<Answer | undefined>(undefined);
export const curves = signal<readonly Curve[]>([]);
/** The answer before the reader's last move: drawn as an outline. */
export const before = signal<Answer | undefined>(undefined);
/** An answer that the reader froze; differences are then against it. */
export const pinned = signal<Answer | undefined>(undefined);
export const selection = signal<Selection | undefined>(undefined);
/** Why a row of a waterfall is as long as it is: the row that is pointed at. */
export const pointedWhy = signal<string | undefined>(undefined);
/** Instant under the reader's cursor, in ms from the call. */
export const cursorMs = signal<number | undefined>(undefined);
/** Whether WHEN shows the accelerator's own microseconds. */
export const isZoomed = signal(false);
export const tab = signal('layers');
export const listings = signal<{
  readonly boards: readonly BoardListing[];
  readonly settings: readonly SettingListing[];
}>({ boards: [], settings: [] });

/** One line for the reader: what went wrong and what to do. */
export const notice = signal<string | undefined>(undefined);
/** Why the simulation is gone; absent while it runs. */
export const lost = signal<string | undefined>(undefined);
export const isHelpOpen = signal(false);

/** What differences are taken against: the frozen answer, or the one before the last move. */
export const reference = computed(() => pinned.value ?? before.value);

/** Number of the lesson that is open. */
export const lesson = signal<number | undefined>(undefined);
