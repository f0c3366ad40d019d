import { InferscopeError } from '../../errors.ts';

/** What stops a point, as a value: an error would lose its class on the way from a worker. */
export interface Refusal {
  readonly reason: string;
}

/** A user's mistake as a value; our bugs go on as errors. */
export function orRefusal<T>(make: () => T): T | Refusal {
  try {
    return make();
  } catch (error) {
    return refusalOf(error);
  }
}

/** A user's mistake as a value. Throws any other error on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof InferscopeError) return { reason: error.message };
  throw error;
}
