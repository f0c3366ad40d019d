import { defineUnary } from '../elementwise/elementwise.ts';

/** int8, as the converter writes; the operator's attributes do not hold the type, the file's output tensor does. */
export const quantize = defineUnary('QUANTIZE', 'int8');
