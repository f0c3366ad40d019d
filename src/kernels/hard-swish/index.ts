import { defineUnary } from '../elementwise.ts';

export const hardSwish = defineUnary('HARD_SWISH');
