import { defineUnary } from '../elementwise.ts';

export const relu6 = defineUnary('RELU6');
