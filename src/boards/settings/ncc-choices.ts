import type { Choice } from './setting.ts';

/*
 * What deploying asks of the converter's settings, apart from their texts, as in `maixpy-choices.ts`.
 */

/** The converter that takes what ncc 0.1 refuses, where a question is asked of it. */
export const SECOND_CONVERTER = 'nncase-0.2';
export const CPU_CONV_CHOICE: Choice = { key: 'ncc.cpuConv', standard: SECOND_CONVERTER };
export const REFUSED_CHOICE: Choice = { key: 'ncc.refused', standard: SECOND_CONVERTER };
