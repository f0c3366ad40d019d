import { defineUnary } from '../elementwise/elementwise.ts';

export const hardSwish = defineUnary('HARD_SWISH');
