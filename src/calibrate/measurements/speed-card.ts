import type { Identity } from './row-identity.ts';

/** Unit of the covariances on a card: a page loads all cards, and small whole numbers take a third less of it. Half-widths move by less than 1 %. */
export const COVARIANCE_STEP = 4e-4;

/**
 * What the fit to the population says of one set-up: cycles a counted instruction by class of work, as the mean of
 * their logarithms and the covariance (upper triangle, row by row). A card without a board is of one that was not measured.
 */
export interface SpeedCard {
  readonly identity: Identity;
  readonly means: readonly number[];
  /** In units of COVARIANCE_STEP. */
  readonly covariance: readonly number[];
  /** Published rows of the board with the engine. */
  readonly rows: number;
}
