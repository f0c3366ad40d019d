import { defineUnary } from '../elementwise/elementwise.ts';

export const logistic = defineUnary('LOGISTIC');
