import type { Board } from './board.ts';
import { untilMoreLoads } from './loaded-parts.ts';

/** Fields of a board with a fit, in their order. */
const FIELDS = [
  ...(['id', 'name', 'soc', 'summary', 'clocks', 'memories', 'units', 'runtime', 'calibration'] as const),
];

/**
 * A board with a fit that is put together when a field of it is first asked for: its cost rows take longer than a
 * prediction, and who imports all boards asks one. It has what is loaded at that time, see `loaded-parts.ts`.
 */
// @__NO_SIDE_EFFECTS__
export function whenAsked(make: () => Board): Board {
  const board = untilMoreLoads(make);
  const fields = FIELDS.map((field) => [field, { enumerable: true, get: () => board()[field] }] as const);
  return Object.defineProperties({}, Object.fromEntries(fields)) as Board;
}
