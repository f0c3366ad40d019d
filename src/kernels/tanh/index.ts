import { defineUnary } from '../elementwise/elementwise.ts';

export const tanh = defineUnary('TANH');
