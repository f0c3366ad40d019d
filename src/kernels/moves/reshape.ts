import { copyFirst } from './gather.ts';
import { RESHAPE } from './reshape-facts.ts';

/** RESHAPE with its arithmetic. */
export const reshape = { ...RESHAPE, prepare: copyFirst };
