import type { Identity } from './row-identity.ts';

/**
 * What the fit to the population says of one set-up: cycles a counted instruction by class of work, as the mean of
 * their logarithms and the covariance (upper triangle, row by row). A card without a board is of one that was not measured.
 */
export interface SpeedCard {
  readonly identity: Identity;
  readonly means: readonly number[];
  readonly covariance: readonly number[];
  /** Published rows of the board with the engine. */
  readonly rows: number;
}
