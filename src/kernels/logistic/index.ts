import { defineUnary } from '../elementwise.ts';

export const logistic = defineUnary('LOGISTIC');
