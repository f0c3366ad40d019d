import { defineUnary } from '../elementwise.ts';

export const tanh = defineUnary('TANH');
