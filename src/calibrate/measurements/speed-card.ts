import type { Identity } from './row-identity.ts';

/** Unit of the covariances on a card: a page loads all cards, and small whole numbers take a third less of it. Half-widths move by less than 1 %. */
export const COVARIANCE_STEP = 4e-4;

/** A compiler flag that rows do not say, on a card whose means and covariance are those at a flag that is known. */
export interface CardFlag {
  /** Where between -O2 and -Os the fit has it, and the variance of that, in units of its spread. */
  readonly at: number;
  readonly variance: number;
  /** By how much each class goes up with it besides what the counts say. */
  readonly slopes: readonly number[];
  /** How likely it is -Os. */
  readonly small: number;
  /** Whether it moves a row of the build by more than counts are off; else it depends on the network. */
  readonly tells: boolean;
}

/**
 * What the fit to the population says of one set-up: cycles a counted instruction by class of work, as the mean of
 * their logarithms and the covariance (upper triangle, row by row). A card without a board is of one that was not measured.
 */
export interface SpeedCard {
  readonly identity: Identity;
  readonly means: readonly number[];
  /** In units of COVARIANCE_STEP. */
  readonly covariance: readonly number[];
  readonly flag?: CardFlag;
  /** Published rows of the board with the engine. */
  readonly rows: number;
}
