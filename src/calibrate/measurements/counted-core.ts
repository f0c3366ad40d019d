import { COSTS_BY_CORE } from '../../boards/libraries/index.ts';

/** Rows of the core whose counted instructions stand for all: those of M4 and M33 are within 3 % of an M7's. */
export const COUNTED_CORE = { costs: COSTS_BY_CORE['cortex-m7'] };
